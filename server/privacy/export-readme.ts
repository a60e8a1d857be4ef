import { INTENDED_USE } from '../../cytology/index.ts'

/** What is what in a patient's archive, in both languages. */
export const README = `Marrowscope: all that is kept of one patient
${INTENDED_USE}

patient.json        The patient as kept (first), duplicates that were merged into it, every change with what was before and
                    after, the merges, and the words by which a search finds the patient.
cases/N-NUMBER/     One folder a bone marrow, the oldest first, with its marrow number.
  case.json         The case, its slides, images, refused files, analyses, changes of cells, comments on them, the finer names
                    of cells by their ids (cell_names), second readings, the signature
                    with all that was signed (snapshot), addenda, the report's draft, counts and sums.
  cells.json        Every cell, also removed ones: box in pixels of the image, type, what the model suggested, the probability of
                    each type and what the recogniser kept of it (embedding). Of more than 5,000 the others are in
                    cells-2.json and so on.
  images/           The photographs as they were uploaded. Empty where a rule of the site removed them (images_removed_at).
  references/       Pictures of cells that the site keeps as examples of a type.
  report-en.pdf, report-zh.pdf
                    The signed report in its two printed forms, with its addenda.
audit.json          Who read or changed what and when. It is written while the archive is made, so this export is not yet in it.

Times (at, ..._at) are milliseconds since 1970-01-01, UTC. Staff are given by a number that is the same in all files; whoever
signed is named in the report. Names of columns are explained in docs/data-dictionary.md of Marrowscope.

────────────────────────────────

Marrowscope：本系统保存的一位患者的全部资料
仅供研究与教学，不是医疗器械。

patient.json        患者资料（第一条）、并入该患者的重复记录、每次更改的前后内容、合并记录，以及检索用词。
cases/序号-骨髓号/   每份骨髓一个文件夹，按时间先后排列。
  case.json         病例、玻片、图像、被拒文件、分析、细胞更改与评论、细分名称（cell_names）、复核、签发及所签全部内容（snapshot）、补充报告、
                    报告草稿、计数与汇总。
  cells.json        全部细胞（含已删除的）：在图像中的位置（像素）、类型、模型建议、各类型概率及识别特征（embedding）。
                    超过 5000 个时，其余在 cells-2.json 等文件中。
  images/           上传时的原始图像。如已按本站保存期限删除则为空（见 images_removed_at）。
  references/       本站留作类型示例的细胞图片。
  report-en.pdf, report-zh.pdf
                    已签发报告的两种版式，含补充报告。
audit.json          何人何时查看或更改了什么。归档生成时写入，故不含本次导出。

时间（at、…_at）为自 1970-01-01（UTC）起的毫秒数。工作人员以编号表示，各文件一致；签发者姓名见报告。
各列含义见 Marrowscope 的 docs/data-dictionary.md。
`
