import { element, showText } from "./dom.js";

/** A sentence for people, with the server's own words folded behind it. */
export class Explanation {
  #sentence;
  #detail = element("p", { class: "detail", dir: "auto" });
  #more = element("details", { hidden: "" }, element("summary", {}, "Details"), this.#detail);

  /** The element to show. */
  root;

  /** @param {string} kind class of the sentence; that of the element around it is `<kind>-box` */
  constructor(kind) {
    this.#sentence = element("p", { class: kind, hidden: "" });
    this.root = element("div", { class: `explanation ${kind}-box`, hidden: "" }, this.#sentence, this.#more);
  }

  /**
   * Shows a sentence, or nothing if it is empty.
   *
   * @param {string} sentence
   * @param {string} [detail] hidden if it is empty or repeats the sentence
   */
  show(sentence, detail = "") {
    const hasDetail = detail !== "" && detail !== sentence;
    this.root.hidden = sentence === "";
    this.#more.hidden = !hasDetail;
    showText(this.#sentence, sentence);
    showText(this.#detail, hasDetail ? detail : "");
  }
}
