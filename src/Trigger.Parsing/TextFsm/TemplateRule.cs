namespace Trigger.Parsing.TextFsm;

/// <summary>What becomes of the line after a match.</summary>
internal enum LineAction
{
    Next,
    Continue,
    Error,
}

/// <summary>What becomes of the row under way.</summary>
internal enum RecordAction
{
    NoRecord,
    Record,
    Clear,
    Clearall,
}

/// <summary>One rule of a state.</summary>
/// <param name="Line">Its line in the template, the first being 1.</param>
/// <param name="Columns">The columns its groups fill, in the order of the groups.</param>
/// <param name="Goto">The state to go to, or what an <c>Error</c> says; null to stay.</param>
internal sealed record TemplateRule(int Line, RuleMatcher Matcher, IReadOnlyList<(string Group, int Column)> Columns, LineAction LineAction, RecordAction RecordAction, string? Goto);
