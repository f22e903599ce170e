/** Where the server is that this library comes from. A server with a base path serves its own in place of this one. */
export const SERVER_BASE_URL = "/";
