namespace Trigger.Acl.Model;

/// <summary>A part of the text that was read, without copying it.</summary>
/// <param name="Body">How far into the part the action stands: behind a list's name or a number.</param>
public readonly record struct Spelling(string? Source, int Start, int Length, int Body)
{
    public string Text => Source is null ? "" : Source.Substring(Start, Length);

    /// <summary>From the action on: without the list's name and the number.</summary>
    public string FromAction => Source is null ? "" : Source.Substring(Start + Body, Length - Body);
}
