// The rule of a preview, to be changed: each change is told after a short rest.

import { h } from "./dom.js";

const REST = 350;
const KINDS = [["words", "whole words"], ["literal", "these characters"], ["pattern", "pattern (RE2)"]];
const SCOPES = [["article", "this article"], ["batch", "this batch"], ["project", "the whole project"]];

export class RuleForm {
  /** `changed()` is called when the rule or the scope has changed. */
  constructor(article, changed) {
    this.changed = changed;
    const target = { lang: article.targetLanguage || null, dir: article.targetDir };
    const text = (attributes) => h("input", { type: "text", autocomplete: "off", spellcheck: "false", oninput: () => this.#soon(), ...attributes });
    const tick = () => h("input", { type: "checkbox", onchange: () => this.#now() });
    const list = (options) => h("select", { onchange: () => this.#now() }, options.map(([value, label]) => h("option", { value }, label)));
    this.find = text(target);
    this.replace = text(target);
    this.source = text({ lang: article.sourceLanguage || null, dir: article.sourceDir });
    this.kind = list(KINDS);
    this.scope = list(SCOPES);
    this.inflected = tick();
    this.case = tick();
    this.keep = tick();
    const field = (name, control, kind = "") => h("label", { class: `question ${kind}` }, h("span", {}, name), control);
    const option = (control, name) => h("label", { class: "option" }, control, h("span", {}, name));
    this.endings = option(this.inflected, "with endings");
    this.element = h("fieldset", { class: "rule" }, h("legend", { class: "unseen" }, "Rule"),
      h("div", { class: "line" }, field("Find", this.find, "wide"), field("Write instead", this.replace, "wide"),
        field("As", this.kind), field("Where", this.scope)),
      h("div", { class: "line" }, this.endings, option(this.case, "letter case counts"), option(this.keep, "keep the letter case"),
        article.hasSource ? h("label", { class: "option" }, h("span", {}, "only where the source has"), this.source) : null));
  }

  /** Show a rule; tells nobody. */
  show(rule) {
    this.given = rule;
    this.find.value = rule.find;
    this.replace.value = rule.replace;
    this.source.value = rule.source;
    this.kind.value = rule.kind;
    this.inflected.checked = rule.inflected;
    this.case.checked = rule.case;
    this.keep.checked = rule.keep_case;
    this.endings.hidden = rule.kind !== "words";
  }

  get rule() {
    return {
      find: this.find.value, replace: this.replace.value, kind: this.kind.value, inflected: this.inflected.checked,
      case: this.case.checked, keep_case: this.keep.checked, source: this.source.value.trim(), source_kind: this.given?.source_kind ?? "words",
    };
  }

  stop() {
    clearTimeout(this.timer);
  }

  #soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.changed, REST);
  }

  #now() {
    clearTimeout(this.timer);
    this.endings.hidden = this.kind.value !== "words";
    this.changed();
  }
}
