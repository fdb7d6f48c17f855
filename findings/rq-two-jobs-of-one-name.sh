#!/usr/bin/env bash
# RQ gets two jobs with the same job_id, so that a document is not read twice at a time: the roots of 4 and of 9 stand for them.
# Expected: the second is refused or left out, as BullMQ does with a known id; or both run.
# Happens: the second overwrites the first in the store, and the id stands in the queue twice: the second runs two times, the first
#   never. count is 2, both calls return a job, and both jobs report the result 3. unique=True asks for an error instead.
# Matters: the work of the first call is lost, and the one that waits for it gets the other's result.
# Source: RQ's documentation of job_id and unique; BullMQ's of jobId (a job whose id exists is not added); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python rq==3.0.0 fakeredis==2.41.0
cat > look.py <<'PY'
import logging

import fakeredis
import rq

logging.disable(logging.CRITICAL)
redis = fakeredis.FakeStrictRedis()
queue = rq.Queue(connection=redis)
jobs = [queue.enqueue("math.sqrt", number, job_id="lease") for number in (4, 9)]
waiting, count = queue.job_ids, queue.count
rq.SimpleWorker([queue], connection=redis).work(burst=True)
results = [job.return_value() for job in jobs]
runs = [result.return_value for result in jobs[0].results()]
print(waiting, count, results, runs)
assert count == 2 and waiting == ["lease"] * 2, "the second job is not added now"
assert runs == [3, 3] and results == [3, 3], "both jobs run now"
PY
python look.py
