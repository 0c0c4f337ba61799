using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Gathers what there is to say, in the order of the text, and stops telling when nobody would read on.</summary>
internal sealed class DiagnosticList(int most)
{
    private readonly List<Diagnostic> said = [];
    private int unsaid;

    public void Note(Position at, string message) => Add(new Diagnostic(Severity.Note, at, message));

    public void Warn(Position at, string message) => Add(new Diagnostic(Severity.Warning, at, message));

    public void Error(Position at, string message) => Add(new Diagnostic(Severity.Error, at, message));

    public IReadOnlyList<Diagnostic> ToList()
    {
        var all = said.OrderBy(one => one.At.Line).ThenBy(one => one.At.Column).ToList();
        if (unsaid > 0)
            all.Add(new Diagnostic(Severity.Error, Position.Nowhere, $"{unsaid} more of these are not shown."));
        return all;
    }

    private void Add(Diagnostic diagnostic)
    {
        if (said.Count < most)
            said.Add(diagnostic);
        else
            unsaid++;
    }
}
