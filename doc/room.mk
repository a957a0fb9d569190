# Files of this room.
dist_doc_DATA += doc/worker-protocol.txt
dist_doc_DATA += doc/log-format.txt
