// Reads a JSON list of {text, facts, input?} and writes what feelin makes of each: its value in words that JSON can say.
import { readFileSync } from 'node:fs';
import { evaluate, unaryTest } from 'feelin';

const plain = (value) => {
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object') return { is: value[Symbol.toStringTag] ?? value.constructor.name, text: String(value) };
  return value;
};

const answer = ({ text, facts, input }) => {
  try {
    const asked = input === undefined ? evaluate(text, facts) : unaryTest(text, { ...facts, '?': input });
    return { value: plain(asked.value) };
  } catch (wrong) {
    return { refused: String(wrong?.message ?? wrong) };
  }
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(answer)));
