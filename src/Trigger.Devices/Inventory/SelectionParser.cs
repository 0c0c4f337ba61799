namespace Trigger.Devices.Inventory;

/// <summary>Words into a tree: alternatives of terms side by side, with parentheses and "not".</summary>
internal sealed class SelectionParser(IReadOnlyList<SelectionWord> words, Func<SelectionWord, bool, SelectionTerm?> term, List<string> mistakes)
{
    // Nobody writes this; a file of parentheses must not take the stack.
    private const int Deepest = 50;

    private readonly List<SelectionTerm> terms = [];
    private int at;

    /// <summary>Every term, wherever it stands.</summary>
    public IReadOnlyList<SelectionTerm> Terms => terms;

    /// <summary>Null for no terms, or when there are mistakes.</summary>
    public SelectionNode? Parse()
    {
        var node = Either(depth: 0);
        if (at < words.Count)
            mistakes.Add($"Column {words[at].Column}: this parenthesis closes none.");
        return node;
    }

    private SelectionNode? Either(int depth)
    {
        var choices = new List<SelectionNode>();
        while (true)
        {
            if (SideBySide(depth) is { } choice)
                choices.Add(choice);
            if (at == words.Count || !words[at].IsPlain("or"))
                break;
            var or = words[at++];
            if (choices.Count == 0 && mistakes.Count == 0)
                mistakes.Add($"Column {or.Column}: 'or' wants a term before it.");
            if (mistakes.Count == 0 && (at == words.Count || words[at].IsPlain("or") || words[at].IsClosing))
                mistakes.Add($"Column {or.Column}: 'or' wants a term after it.");
        }

        return choices.Count switch { 0 => null, 1 => choices[0], _ => new SelectionNode.Any(choices) };
    }

    private SelectionNode.All? SideBySide(int depth)
    {
        var names = new List<SelectionNode>();
        var others = new List<SelectionNode>();
        while (at < words.Count && !words[at].IsPlain("or") && !words[at].IsClosing)
        {
            var negated = false;
            SelectionWord? not = null;
            while (at < words.Count && words[at].IsPlain("not"))
            {
                negated = !negated;
                not = words[at++];
            }

            if (at == words.Count || words[at].IsPlain("or") || words[at].IsClosing)
                mistakes.Add($"Column {not!.Column}: 'not' wants a term after it.");
            else if (words[at].IsOpening)
                Add(others, Parenthesis(negated, depth));
            else if (term(words[at++], negated) is { } said)
                Add(said is { IsName: true, Negated: false } ? names : others, said);
        }

        return names.Count + others.Count == 0 ? null : new SelectionNode.All(names, others);
    }

    private SelectionNode.Group? Parenthesis(bool negated, int depth)
    {
        var opening = words[at++];
        if (depth == Deepest)
        {
            mistakes.Add($"Column {opening.Column}: more than {Deepest} parentheses inside each other.");
            at = words.Count;
            return null;
        }

        var before = mistakes.Count;
        var inner = Either(depth + 1);
        if (at == words.Count)
            mistakes.Add($"Column {opening.Column}: the parenthesis that opens here is not closed.");
        else
            at++;
        if (inner is null && mistakes.Count == before)
            mistakes.Add($"Column {opening.Column}: nothing stands in these parentheses.");
        return inner is null ? null : new SelectionNode.Group(inner, negated);
    }

    private void Add(List<SelectionNode> to, SelectionTerm said)
    {
        terms.Add(said);
        to.Add(new SelectionNode.Term(said));
    }

    private static void Add(List<SelectionNode> to, SelectionNode? node)
    {
        if (node is not null)
            to.Add(node);
    }
}
