; Offers MoE Lab for tables under "Open with", and leaves them with the program they belong to.

!macro offerFor EXT
  WriteRegNone SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "MoELab.Table"
!macroend

!macro offerNoMoreFor EXT
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.${EXT}\OpenWithProgids" "MoELab.Table"
!macroend

!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\MoELab.Table" "" "Table"
  WriteRegStr SHELL_CONTEXT "Software\Classes\MoELab.Table\DefaultIcon" "" "$appExe,0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\MoELab.Table\shell\open\command" "" '"$appExe" "%1"'
  !insertmacro offerFor "csv"
  !insertmacro offerFor "tsv"
!macroend

!macro customUnInstall
  !insertmacro offerNoMoreFor "csv"
  !insertmacro offerNoMoreFor "tsv"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\MoELab.Table"
!macroend
