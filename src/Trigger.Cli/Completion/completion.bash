# Completion of trigger for bash. Every word is asked of trigger itself.
_trigger() {
    local line="${COMP_LINE:0:COMP_POINT}" current head
    local -a words
    # bash's own words are split at : and =, which names of devices may contain.
    read -ra words <<< "$line"
    [[ "$line" == *[[:space:]] ]] && words+=("")
    current="${words[${#words[@]}-1]}"
    mapfile -t COMPREPLY < <(command trigger complete "${words[@]}" 2>/dev/null | cut -f1)
    if [[ "${COMPREPLY[0]}" == ":files" ]]; then
        COMPREPLY=()
        compopt -o default 2>/dev/null
        return
    fi
    if [[ "$current" == *[:=]* ]]; then
        head="${current%"${current##*[:=]}"}"
        COMPREPLY=("${COMPREPLY[@]#"$head"}")
    fi
}
complete -F _trigger @NAMES@
