using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>What stands behind a rule's arrow: <c>[Line][.Record] [State]</c>, <c>Record [State]</c> or <c>State</c>.</summary>
internal static partial class RuleAction
{
    /// <summary>Null when it is none of these.</summary>
    public static (LineAction Line, RecordAction Record, string? Goto)? Read(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success)
            return null;
        return (
            Enum.TryParse<LineAction>(match.Groups["line"].Value, out var line) ? line : LineAction.Next,
            Enum.TryParse<RecordAction>(match.Groups["record"].Value, out var record) ? record : RecordAction.NoRecord,
            match.Groups["goto"] is { Success: true } next ? next.Value : null);
    }

    [GeneratedRegex("""^(?:\s+(?:(?<line>Continue|Next|Error)(?:\.(?<record>Clearall|Clear|Record|NoRecord))?|(?<record>Clearall|Clear|Record|NoRecord))(?:\s+(?<goto>\w+|".*"))?|(?:\s+(?<goto>\w+|".*"))?)$""")]
    private static partial Regex Whole();
}
