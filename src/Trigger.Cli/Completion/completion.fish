# Completion of trigger for fish. Every word is asked of trigger itself.
function __trigger_complete
    set -l answers (command trigger complete (commandline -opc) (commandline -ct | string collect --allow-empty) 2>/dev/null)
    if test "$answers[1]" = ":files"
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $answers
    end
end
for name in @NAMES@
    complete -c $name -f -a '(__trigger_complete)'
end
