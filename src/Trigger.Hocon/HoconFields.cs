using System.Collections;

namespace Trigger.Hocon;

/// <summary>
/// The fields of an object in the order in which their keys first appeared. Most objects have a handful, for which looking through an array is as fast as hashing
/// and takes a third of the memory; a large configuration is mostly such objects.
/// </summary>
internal sealed class HoconFields : IEnumerable<KeyValuePair<string, HoconNode>>
{
    private const int Few = 8;

    private KeyValuePair<string, HoconNode>[] fields;
    private Dictionary<string, int>? index; // Only beyond a few.

    public HoconFields() => fields = [];

    public HoconFields(HoconFields other)
    {
        fields = other.fields.AsSpan(0, other.Count).ToArray();
        Count = other.Count;
        if (Count > Few)
            Index();
    }

    public int Count { get; private set; }

    public IEnumerable<string> Keys => this.Select(pair => pair.Key);

    public IEnumerable<HoconNode> Values => this.Select(pair => pair.Value);

    public HoconNode this[string key]
    {
        get => GetValueOrDefault(key) ?? throw new KeyNotFoundException(key);
        set
        {
            var at = Find(key);
            if (at < 0)
                Add(key, value);
            else
                fields[at] = KeyValuePair.Create(fields[at].Key, value);
        }
    }

    public HoconNode? GetValueOrDefault(string key)
    {
        var at = Find(key);
        return at < 0 ? null : fields[at].Value;
    }

    public bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out HoconNode? value) => (value = GetValueOrDefault(key)) is not null;

    public IEnumerator<KeyValuePair<string, HoconNode>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return fields[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Find(string key)
    {
        if (index is not null)
            return index.TryGetValue(key, out var at) ? at : -1;
        for (var i = 0; i < Count; i++)
        {
            if (fields[i].Key == key)
                return i;
        }

        return -1;
    }

    private void Add(string key, HoconNode value)
    {
        if (Count == fields.Length)
            Array.Resize(ref fields, Count == 0 ? 2 : Count * 2);
        fields[Count++] = KeyValuePair.Create(key, value);
        if (index is not null)
            index.Add(key, Count - 1);
        else if (Count > Few)
            Index();
    }

    private void Index()
    {
        index = new Dictionary<string, int>(2 * Count, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            index.Add(fields[i].Key, i);
    }
}
