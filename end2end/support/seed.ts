import { seedOnce } from './server';

/** Before the first journey of a run; what it gives back is done after the last. */
export default seedOnce;
