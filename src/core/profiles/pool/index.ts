/** The pool of worked examples of the model on board: what it can do is what stands here in some form. */
import { arithmetic } from './arithmetic';
import { arrays } from './arrays';
import { dates } from './dates';
import { everyday } from './everyday';
import { flatten } from './family';
import { numberLists } from './number-lists';
import { sentences } from './sentences';
import { wholeNumbers } from './whole-numbers';
import { words } from './words';

export const POOL = [arithmetic, wholeNumbers, numberLists, words, sentences, dates, everyday, arrays].flatMap(flatten);
