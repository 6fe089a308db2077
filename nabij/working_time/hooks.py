"""What working time adds below it: how long it is kept."""

from nabij.privacy import removal
from nabij.working_time.keeping import ended_calls

removal.collect(removal.Collection("call_work", ended_calls, removal.nobody, removal.delete_rows))
