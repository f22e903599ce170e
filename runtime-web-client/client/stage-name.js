/** The title of a stage, or its id if the title is empty. */
export const stageName = (title, id) => String(title ?? "").trim() || String(id);
