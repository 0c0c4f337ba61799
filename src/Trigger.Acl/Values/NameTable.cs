namespace Trigger.Acl.Values;

/// <summary>Names of numbers, looked up without copying the text.</summary>
public sealed class NameTable
{
    // Frozen dictionaries would be a little quicker to ask and much slower to make, which a command line does once each time it runs.
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    private readonly Dictionary<int, string> names;

    /// <param name="pairs">"name number name number …"; of several names of a number the first is the one to print.</param>
    public NameTable(string pairs)
    {
        var words = pairs.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var byName = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var byNumber = new Dictionary<int, string>();
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            var number = int.Parse(words[i + 1]);
            byName.TryAdd(words[i], number);
            byNumber.TryAdd(number, words[i]);
        }

        names = byNumber;
        bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public bool TryNumber(ReadOnlySpan<char> name, out int number) => bySpan.TryGetValue(name, out number);

    public string? Name(int number) => names.GetValueOrDefault(number);
}
