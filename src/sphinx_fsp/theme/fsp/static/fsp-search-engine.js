/* What the search finds: unpacks the index for MiniSearch, asks it word by word, ranks pages. */
"use strict";
globalThis.FspSearchEngine ??= (() => {
  /* Words. search/words.py does the same with the text of pages. */
  const RUN = /[\p{L}\p{N}\p{M}]+/gu;
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]+/gu;
  const plain = (text) =>
    text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]+/g, "").normalize("NFC");
  const parts = (run) => {
    const found = [];
    let end = 0;
    for (const match of run.matchAll(UNSPACED)) {
      if (match.index > end) found.push(run.slice(end, match.index));
      const letters = [...match[0]];
      if (letters.length === 1) found.push(match[0]);
      letters.slice(1).forEach((letter, n) => found.push(letters[n] + letter));
      end = match.index + match[0].length;
    }
    if (end < run.length) found.push(run.slice(end));
    return found;
  };
  const words = (text) => (plain(text).match(RUN) || []).flatMap(parts);

  /* The index. */
  const DIGITS = new Uint8Array(128);
  [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((digit, n) => {
    DIGITS[digit.charCodeAt(0)] = n;
  });
  const unpack = (text, found) => {
    let at = 0;
    let unit = 0;
    const number = () => {
      let value = 0;
      for (let factor = 1; ; factor *= 32) {
        const digit = DIGITS[text.charCodeAt(at++)];
        value += (digit & 31) * factor;
        if (digit < 32) return value;
      }
    };
    while (at < text.length) {
      const step = number();
      unit += step >> 1;
      found(unit, step & 1 ? number() + 2 : 1);
    }
  };

  const KINDS = ["page", "heading", "resource", "object", "text"];
  /* What a name of that kind counts. */
  const WEIGHTS = { page: 1, heading: 0.7, resource: 0.45, object: 0.8 };
  const NAMED = 1.5;
  const NEAR = 1.2;
  const FIELDS = ["name", "text"];

  /* What a page is called: its titles, "Object-relational mappers (ORMs)" also by each half. */
  const namesOf = (title, nav) => {
    const bracket = title.match(/^(.+?)\s*\((.+?)\)\s*$/);
    return [title, nav, ...(bracket ? bracket.slice(1) : [])].map((n) => words(n).join(" "));
  };
  const SINGULAR = /(?<=[^\Wsui]|[^\Ws][ui])s\b/g;

  const makeEngine = (data) => {
    const pages = data.pages.map(([address, title, chapter, nav = ""], n) => ({
      kind: "page", title, address, chapter, page: n, names: namesOf(title, nav),
    }));
    const units = [...pages];
    const each = (lists, size, make) =>
      lists.forEach((list, page) => {
        for (let n = 0; n < list.length; n += size) {
          units.push({ page, ...make(...list.slice(n, n + size)) });
        }
      });
    each(data.headings, 2, (anchor, title) => ({ kind: "heading", title, address: "#" + anchor }));
    each(data.resources, 2, (title, address) => ({ kind: "resource", title, address }));
    each(data.objects, 3, (title, address, type) => ({
      kind: "object", title, address, type: data.types[type],
    }));

    const lengths = {};
    const documentIds = {};
    units.forEach((_, n) => {
      lengths[n] = [0, 0];
      documentIds[n] = n;
    });
    const names = data.names.split(" ");
    const texts = data.texts.split(" ");
    const vocabulary = data.words.split(" ");
    const index = vocabulary.map((word, n) => {
      const fields = {};
      [names[n], texts[n]].forEach((packed, field) => {
        if (!packed) return;
        const places = (fields[field] = {});
        unpack(packed, (unit, count) => {
          places[unit] = count;
          lengths[unit][field] += count;
        });
      });
      return [word, fields];
    });
    const mean = (field) => {
      let sum = 0;
      let filled = 0;
      for (const length of Object.values(lengths)) {
        sum += length[field];
        filled += length[field] ? 1 : 0;
      }
      return sum / (filled || 1);
    };
    const mini = globalThis.MiniSearch.loadJS({
      documentCount: units.length, nextId: units.length, documentIds, fieldLength: lengths,
      fieldIds: { name: 0, text: 1 }, averageFieldLength: [mean(0), mean(1)],
      storedFields: {}, dirtCount: 0, index, serializationVersion: 2,
    }, { fields: FIELDS, tokenize: words, processTerm: (term) => term });

    const stopWords = new Set(data.stopWords.split(" "));
    const english = data.language.startsWith("en");
    const known = new Set(vocabulary);
    const singular = (text) => (english ? text.replace(SINGULAR, "") : text);
    for (const page of pages) page.names = page.names.filter(Boolean).map(singular);
    /* How nearly a page is called what is asked for. */
    const called = (page, asked) => {
      let most = 1;
      for (const name of page.names) {
        for (const phrase of asked) {
          if (name.startsWith(phrase)) most = Math.max(most, 1 + 2 * (phrase.length / name.length));
          else if (` ${name} `.includes(` ${phrase} `)) most = Math.max(most, 1.4);
        }
      }
      return most;
    };

    /* The forms of a word that mean the same, for English. */
    const forms = (word) => {
      const found = new Set([word]);
      if (!english || word.length < 4) return [...found];
      const stems = [];
      if (/ies$/.test(word)) stems.push(word.slice(0, -3) + "y");
      else if (/(s|x|z|ch|sh)es$/.test(word)) stems.push(word.slice(0, -2));
      if (/[^su]s$/.test(word)) stems.push(word.slice(0, -1));
      else if (/y$/.test(word)) stems.push(word.slice(0, -1) + "ies");
      if (/.{3}ing$/.test(word)) stems.push(word.slice(0, -3), word.slice(0, -3) + "e");
      if (/.{3}ed$/.test(word)) stems.push(word.slice(0, -2), word.slice(0, -1));
      for (const stem of [...stems, word + "s"]) if (known.has(stem)) found.add(stem);
      return [...found];
    };

    const isNamed = ({ match }) => {
      for (const term in match) if (match[term].includes("name")) return true;
      return false;
    };
    /* For each unit: how well it answers to one word, and by which words of its own. */
    const answers = new Map();
    const ask = (word) => {
      if (answers.has(word)) return answers.get(word);
      const found = new Map();
      const run = (term, factor, options) => {
        const results = mini.search(term, {
          boost: { name: 3, text: 1 },
          weights: { fuzzy: 0.3, prefix: 0.45 },
          prefix: term.length > 1,
          /* Few letters begin too many words to look for in all texts. */
          fields: term.length > 3 || known.has(term) ? FIELDS : ["name"],
          maxFuzzy: 2,
          boostDocument: (unit) => factor * (WEIGHTS[units[unit].kind] || 1),
          ...options,
        });
        for (const result of results) {
          const old = found.get(result.id);
          if (!old) found.set(result.id, result);
          else {
            old.score = Math.max(old.score, result.score);
            Object.assign(old.match, result.match);
          }
        }
      };
      const edits = word.length < 4 || /^\d+$/.test(word) ? 0 : word.length < 8 ? 1 : 2;
      forms(word).forEach((form, n) => {
        run(form, n ? 0.8 : 1, n ? {} : { fuzzy: known.has(word) ? 0 : edits });
      });
      if (!found.size && word.length > 2) run(word, 1, { fuzzy: word.length > 3 ? 2 : 1 });
      if (!found.size && word.length > 5) run(word.slice(0, -2), 0.5, { fuzzy: 1 });
      const byPage = new Map();
      for (const [id, answer] of found) {
        const { page } = units[id];
        const old = byPage.get(page);
        if (!old) byPage.set(page, { best: answer.score, sum: answer.score, units: [id] });
        else {
          old.best = Math.max(old.best, answer.score);
          old.sum += answer.score;
          old.units.push(id);
        }
      }
      const rarity = Math.log(1 + pages.length / (byPage.size + 1));
      /* What was meant, if no page has the word: that by which most was found. */
      let meant = word;
      if (!known.has(word)) {
        const sums = new Map();
        for (const { score, match } of found.values()) {
          for (const term in match) sums.set(term, (sums.get(term) || 0) + score);
        }
        const most = Math.max(...sums.values());
        for (const [term, sum] of sums) if (sum === most) meant = term;
      }
      const answer = { found, byPage, rarity, meant };
      if (answers.size > 500) answers.clear();
      answers.set(word, answer);
      return answer;
    };

    const search = (query, { kind = "", chapter = "" } = {}) => {
      const typed = words(query);
      let asked = typed.filter((word) => !stopWords.has(word));
      if (!asked.length) asked = typed;
      asked = [...new Set(asked)].slice(0, 12);
      /* Words that are written as one elsewhere. */
      const joined = asked.slice(1).map((word, n) => asked[n] + word).filter((w) => known.has(w));
      const replies = asked.map(ask);
      const extra = joined.map(ask);
      const whole = replies.reduce((sum, { rarity }) => sum + rarity, 0) || 1;

      const scores = new Map();
      replies.forEach(({ byPage, rarity }) => {
        for (const [page, { best, sum }] of byPage) {
          const old = scores.get(page) || { score: 0, covered: 0 };
          old.score += best + 0.15 * Math.min(sum - best, 2 * best);
          old.covered += rarity;
          scores.set(page, old);
        }
      });
      for (const { byPage, rarity } of extra) {
        for (const [page, { best }] of byPage) {
          const old = scores.get(page) || { score: 0, covered: 0 };
          scores.set(page, { score: old.score + best, covered: Math.min(whole, old.covered + 2 * rarity) });
        }
      }

      /* Pages with all words in one place, best of all in a name. */
      const together = new Map();
      if (replies.length > 1) {
        const [rarest, ...others] = [...replies].sort((a, b) => a.found.size - b.found.size);
        for (const [id, first] of rarest.found) {
          const all = others.map(({ found }) => found.get(id));
          if (!all.every(Boolean)) continue;
          const factor = [first, ...all].every(isNamed) ? NAMED : NEAR;
          const { page } = units[id];
          together.set(page, Math.max(factor, together.get(page) || 0));
        }
      }

      const phrases = [...new Set([asked, typed, replies.map(({ meant }) => meant)].map((some) => singular(some.join(" "))))];
      const groups = [];
      for (const [page, { score, covered }] of scores) {
        const its = pages[page];
        if (chapter !== "" && its.chapter !== Number(chapter)) continue;
        const factor = (covered / whole) ** 2 * called(its, phrases) * (together.get(page) || 1);
        const group = { page: its, score: score * factor };
        if (!kind || hits(group, [...replies, ...extra], kind).length) groups.push(group);
      }
      groups.sort((one, other) => other.score - one.score || one.page.page - other.page.page);
      /* The places in a page are looked for when it is shown. */
      for (const group of groups) group.show = () => hits(group, [...replies, ...extra], kind);
      return groups;
    };

    const hits = (group, replies, kind) => {
      if (group.hits) return group.hits;
      const found = new Map();
      for (const reply of replies) {
        for (const id of reply.byPage.get(group.page.page)?.units || []) {
          const answer = reply.found.get(id);
          const old = found.get(id) || { score: 0, matched: 0, named: false, terms: new Set() };
          old.score += answer.score;
          old.matched += 1;
          old.named ||= isNamed(answer);
          for (const term in answer.match) old.terms.add(term);
          found.set(id, old);
        }
      }
      group.terms = found.get(group.page.page)?.terms || new Set();
      group.hits = [];
      for (const [id, hit] of found) {
        const unit = units[id];
        const withText = unit.kind === "page" || unit.kind === "heading";
        const of = withText && !hit.named ? "text" : unit.kind;
        if (kind ? of !== kind : unit.kind === "page") continue;
        group.hits.push({ ...unit, kind: of, score: hit.score * hit.matched ** 2, terms: hit.terms });
      }
      group.hits.sort((one, other) => other.score - one.score);
      return group.hits;
    };

    const present = new Set(units.map((unit) => unit.kind)).add("text");
    return {
      search, chapters: data.chapters, pages,
      kinds: KINDS.filter((kind) => present.has(kind)),
    };
  };
  return { RUN, words, make: makeEngine };
})();
