# Writes every migration, in order of its number, as a raw string into one list.
list(SORT MIGRATIONS)
set(text "")
foreach(file ${MIGRATIONS})
  file(READ ${file} sql)
  string(APPEND text "R\"kasane(${sql})kasane\",\n")
endforeach()
file(WRITE ${OUT} "${text}")
