using System.Text.Json;
using Trigger.Acl.Model;

namespace Trigger.Cli.Acl;

/// <summary>Terms as text, and objects of JSON on standard output.</summary>
internal static class AclText
{
    /// <summary><c>line 12: permit tcp any any eq 80</c></summary>
    public static string Line(Term term) => term.Implicit ? term.ToString() : $"line {term.At.Line}: {term}";

    /// <summary><c>1 line</c>, <c>2 lines</c></summary>
    public static string Count(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";

    public static void Object(Action<Utf8JsonWriter> fields)
    {
        using var output = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            fields(to);
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
