#compdef @NAMES@
# Completion of trigger for zsh. Every word is asked of trigger itself.
_trigger() {
    local -a answers names descriptions
    local answer
    answers=("${(@f)$(command trigger complete "${(@)words[1,CURRENT]}" 2>/dev/null)}")
    if [[ "${answers[1]}" == ":files" ]]; then
        _files
        return
    fi
    for answer in $answers; do
        names+=("${answer%%$'\t'*}")
        descriptions+=("${answer//$'\t'/  -- }")
    done
    compadd -d descriptions -a names
}
if [[ "$funcstack[1]" == "_trigger" ]]; then
    _trigger "$@"
else
    compdef _trigger @NAMES@
fi
