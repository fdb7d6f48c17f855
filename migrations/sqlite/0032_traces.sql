-- Where in a trace the work was asked for (W3C Trace Context); NULL if nothing is traced.
ALTER TABLE runs ADD COLUMN traceparent TEXT;
