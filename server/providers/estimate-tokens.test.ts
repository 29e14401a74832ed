import { describe, expect, test } from "vitest";
import { estimateLeastTokens, estimateTokens } from "./estimate-tokens.ts";

/**
 * Token counts with o200k_base, the tokenizer that makes the fewest. The texts are of kinds that ordinary projects
 * contain.
 */
const counted: [kind: string, text: string, tokens: number][] = [
  [
    "English",
    "Iterations keep every file that was not named. A reviewer sees what changed, line by line, and may take back any part of it.",
    28,
  ],
  [
    "German",
    "Jede Datenbankverbindungszeichenfolge bleibt unverändert, solange keine Aufforderung sie ausdrücklich benennt.",
    23,
  ],
  [
    "Russian",
    "Каждый результат остаётся неизменным поколением, и разработчик может вернуться к любому из них без потери данных.",
    27,
  ],
  ["Greek", "Κάθε αποτέλεσμα είναι μια αμετάβλητη γενιά, και κανένα αρχείο δεν χάνεται.", 25],
  ["Hindi", "प्रत्येक परिणाम एक अपरिवर्तनीय पीढ़ी है, और कोई फ़ाइल नहीं खोती।", 22],
  ["Thai", "ผลลัพธ์ทุกครั้งเป็นรุ่นที่เปลี่ยนแปลงไม่ได้ และไม่มีไฟล์ใดสูญหาย", 27],
  ["Arabic", "كل نتيجة هي جيل ثابت ولا يضيع أي ملف من المشروع.", 15],
  ["Chinese", "每个结果都是版本树中不可变的一代，任何文件都不会丢失。", 20],
  ["Japanese", "すべての結果は変更できない世代であり、ファイルが失われることはありません。", 24],
  ["Korean", "모든 결과는 변경할 수 없는 세대이며 파일은 사라지지 않습니다.", 19],
  [
    "deep indentation",
    "                        if (item.isActive) {\n                                return item.name;\n                        }\n",
    15,
  ],
  [
    "ruled comments",
    "# ==============================================================\n# Settings\n# --------------------------------------------------------------\n",
    10,
  ],
  ["blank lines", "class Task:\n\n\n\n    pass\n\n\n\n\n\n                \n", 7],
  [
    "utility classes",
    "flex items-center justify-between rounded-lg border bg-background px-4 py-2 text-sm font-medium",
    20,
  ],
  [
    "JSON",
    '{\n    "identifier": 17,\n    "address": {\n        "street": "Main",\n        "city": "Berlin"\n    }\n}',
    30,
  ],
];

describe("estimateLeastTokens", () => {
  test.each(counted)("%s is far above the share below which a prompt counts as cut", (_kind, text, tokens) => {
    expect(tokens / estimateLeastTokens(text)).toBeGreaterThan(0.75);
  });

  test("half of a text has about half the tokens, so that a cut is noticed", () => {
    const text = Array.from({ length: 500 }, (_, index) => `line ${index}`).join("\n");
    expect(estimateLeastTokens(text.slice(0, text.length / 2)) / estimateLeastTokens(text)).toBeCloseTo(0.5, 1);
  });
});

test("four bytes per token would report ordinary text as cut", () => {
  const tooLow = counted.filter(([, text, tokens]) => tokens / estimateTokens(text) < 0.6);
  expect(tooLow.length).toBeGreaterThan(0);
});
