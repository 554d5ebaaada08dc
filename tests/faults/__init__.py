"""What goes wrong around Pli: processes that are killed, disks that are full, servers that are silent."""
