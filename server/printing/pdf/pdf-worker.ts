/** Makes PDFs in a thread of its own: laying a page out and cutting the fonts down takes longer than others should wait. */
import { answerEach } from '../../threads.ts'
import { makePdf } from './make-pdf.ts'

answerEach(makePdf)
