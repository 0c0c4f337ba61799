using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>Gathers what there is to say, in the order of the text, and stops telling when nobody would read on.</summary>
internal sealed class DiagnosticList(int most)
{
    private readonly List<Diagnostic> said = [];
    private int unsaid;

    public void Note(Position at, string message) => Add(new Diagnostic(Severity.Note, at, message));

    public void Warn(Position at, string message) => Add(new Diagnostic(Severity.Warning, at, message));

    /// <summary>Whether something was said about this place, among what was said last about its line.</summary>
    public bool HasJustTold(Position at)
    {
        for (var i = said.Count - 1; i >= 0 && said[i].At.Line == at.Line; i--)
        {
            if (said[i].At == at)
                return true;
        }

        return false;
    }

    /// <summary>Something was left out, and no filter says so.</summary>
    public void Error(Position at, string message)
    {
        LeftOut++;
        Kept(at, message);
    }

    /// <summary>A mistake of which the filters themselves know: answers that depend on it are unknown, or refused.</summary>
    public void Kept(Position at, string message) => Add(new Diagnostic(Severity.Error, at, message));

    /// <summary>How many errors are about something that no filter knows of.</summary>
    public int LeftOut { get; private set; }

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
