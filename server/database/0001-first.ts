import type { Kysely } from 'kysely'
import { type Indexes, makeTables, type Tables } from './make-tables.ts'

const TABLES: Tables = {
  users:
    'id email:email name:text190 password_hash:text190 role:word locale:word disabled:int version:int created_at:time',
  sessions:
    'id token_hash:hash user_id:id ip:word user_agent:text500 created_at:time last_seen_at:time expires_at:time',
  tokens:
    'id kind:word token_hash:hash user_id:id? email:email? role:word? created_by:id? created_at:time expires_at:time used_at:time?',
  login_failures: 'id email:email ip:word at:time',
  settings: 'name:key value:long version:int',
  audit: 'id at:time user_id:id? ip:word event:word subject_id:id? status:int detail:long',
  patients: 'id hospital_number:text190 name:text190 sex:word birth_date:word? version:int created_at:time',
  specimens:
    'id patient_id:id marrow_number:text190 site:text190 stain:text190 clinical_note:long received_on:word status:word target:int counting_rule:word me_rule:word reader_id:id? synthetic:int version:int created_by:id created_at:time updated_at:time',
  slides: 'id specimen_id:id label:text190 created_at:time',
  fields:
    'id slide_id:id specimen_id:id number:int file_name:text500 sha256:hash bytes:time width:int height:int um_per_pixel:real? scale_source:word? warnings:long storage_key:text190 status:word error:long? version:int created_at:time',
  upload_faults: 'id specimen_id:id file_name:text500 code:word message:long at:time',
  analyses:
    'id specimen_id:id status:word total:int done:int cells:int models:long error:long? created_by:id created_at:time started_at:time? finished_at:time?',
  jobs: 'id kind:word payload:long status:word attempts:int run_at:time locked_until:time error:long? created_at:time',
  cells:
    'id specimen_id:id field_id:id analysis_id:id? x:real y:real width:real height:real detection:real type:word suggested:word probability:real probabilities:long regions:long touches_edge:int origin:word reviewed:int deleted:int version:int updated_by:id? updated_at:time',
  cell_changes: 'id specimen_id:id user_id:id at:time changes:long',
  signatures: 'id specimen_id:id kind:word user_id:id at:time text:long snapshot:long sha256:hash',
  manual_counts: 'specimen_id:key counts:long version:int updated_by:id updated_at:time',
}

const UNIQUE: Indexes = [
  ['users', ['email']],
  ['sessions', ['token_hash']],
  ['tokens', ['token_hash']],
  ['specimens', ['marrow_number']],
  ['fields', ['specimen_id', 'sha256']],
]

const INDEXES: Indexes = [
  ['sessions', ['user_id']],
  ['login_failures', ['email', 'at']],
  ['audit', ['subject_id', 'at']],
  ['audit', ['user_id', 'at']],
  ['patients', ['hospital_number']],
  ['patients', ['name']],
  ['specimens', ['patient_id']],
  ['specimens', ['status', 'updated_at']],
  ['slides', ['specimen_id']],
  ['upload_faults', ['specimen_id']],
  ['analyses', ['specimen_id']],
  ['jobs', ['status', 'run_at']],
  ['cells', ['specimen_id', 'deleted', 'type', 'reviewed']],
  ['cells', ['field_id']],
  ['cell_changes', ['specimen_id', 'at']],
  ['signatures', ['specimen_id']],
]

export const up = (db: Kysely<unknown>): Promise<void> => makeTables(db, TABLES, UNIQUE, INDEXES)
