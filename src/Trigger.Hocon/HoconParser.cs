namespace Trigger.Hocon;

/// <summary>Reads one source into a tree. Nothing is looked up: substitutions stay.</summary>
internal sealed class HoconParser
{
    private readonly HoconReader reader;
    private int depth;

    private HoconParser(HoconReader reader) => this.reader = reader;

    public static ObjectNode Parse(string text, string source)
    {
        var reader = new HoconReader(text, source);
        return new HoconParser(reader).Root();
    }

    private ObjectNode Root()
    {
        reader.BlanksAndLines();
        if (reader.Peek == '[')
            throw reader.Mistake("a configuration begins with keys, not with a list.");
        var braces = reader.Peek == '{';
        var root = braces ? Object([]) : Fields(new ObjectNode(reader.Origin), [], closing: null);
        reader.BlanksAndLines();
        return reader.AtEnd ? root : throw reader.Mistake($"'{reader.Peek}' stands after the end of the configuration.");
    }

    private ObjectNode Object(IReadOnlyList<string>? path)
    {
        var opened = reader.Origin;
        reader.Take(); // Its depth was counted with the key or the list that holds it.
        return Fields(new ObjectNode(opened), path, closing: opened);
    }

    // With closing the fields end at a brace, which is taken; without it they end with the text.
    private ObjectNode Fields(ObjectNode target, IReadOnlyList<string>? path, ConfigOrigin? closing)
    {
        reader.BlanksAndLines();
        while (true)
        {
            if (closing is { } opened && reader.AtEnd)
                throw new ConfigException(opened, "the { that opens here is never closed. Add a }.");
            if (reader.AtEnd)
                return target;
            if (closing is not null && reader.TakeIf("}"))
                return target;
            Field(target, path);
            Separator('}');
        }
    }

    private void Field(ObjectNode target, IReadOnlyList<string>? path)
    {
        var origin = reader.Origin;
        var key = Key();
        Enter(key.Count);
        reader.BlanksAndLines();
        var appends = reader.TakeIf("+=");
        if (!appends && !reader.TakeIf("=") && !reader.TakeIf(":") && reader.Peek != '{')
            throw new ConfigException(origin, $"the key '{string.Join('.', key)}' has no value. Write {string.Join('.', key)} = … after it.");
        reader.BlanksAndLines();
        var holder = HolderOf(target, key, path, origin, out var holderPath);
        var leafPath = HoconMerge.Below(holderPath, key[^1]);
        var value = Value(leafPath);
        if (appends)
            Append(holder, key[^1], value, leafPath);
        else
            HoconMerge.Put(holder, key[^1], value, leafPath);
        depth -= key.Count;
    }

    // a.b.c = 1 is a { b { c = 1 } }.
    private static ObjectNode HolderOf(
        ObjectNode target, List<string> key, IReadOnlyList<string>? path, ConfigOrigin origin, out IReadOnlyList<string>? holderPath)
    {
        foreach (var segment in key.Take(key.Count - 1))
        {
            path = HoconMerge.Below(path, segment);
            if (!target.Fields.TryGetValue(segment, out var existing) || existing is not ObjectNode next)
            {
                next = new ObjectNode(origin);
                HoconMerge.Put(target, segment, next, path);
            }

            target = next;
        }

        holderPath = path;
        return target;
    }

    private static void Append(ObjectNode holder, string key, HoconNode value, IReadOnlyList<string>? path)
    {
        // Appending to a list just read; joining layers would make n lines cost n frames.
        if (value is ScalarNode or ObjectNode && holder.Fields.TryGetValue(key, out var earlier)
            && (earlier as ArrayNode ?? (earlier as ConcatenationNode)?.Pieces[^1]) is ArrayNode list)
        {
            list.Items.Add(value);
            return;
        }

        var self = new SubstitutionNode(value.Origin, path ?? [key], Optional: true);
        var tail = new ArrayNode(value.Origin, [value]);
        HoconMerge.Put(holder, key, new ConcatenationNode(value.Origin, [self, tail]), path);
    }

    private List<string> Key()
    {
        var segments = new List<string>();
        do
        {
            segments.Add(KeySegment());
            if (segments.Count > ConfigLimits.Depth)
                throw reader.Mistake($"a key has more than {ConfigLimits.Depth} parts.");
        }
        while (reader.TakeIf("."));
        if (segments is ["include"] && reader.Peek is '"' or 'f' or 'u' or 'r')
            throw reader.Mistake("include is not supported. Put the files into one directory that is read as a whole.");
        return segments;
    }

    private string KeySegment()
    {
        reader.Blanks();
        var segment = reader.Peek == '"' ? HoconStrings.Read(reader) : reader.Unquoted(isKey: true);
        if (segment.Length == 0 && !reader.LooksAt("\""))
        {
            throw reader.Mistake(reader.AtEnd
                ? "a key is missing at the end of the text."
                : $"a key is expected here, not '{reader.Peek}'. Keys with special characters stand in quotes.");
        }

        reader.Blanks();
        return segment;
    }

    private HoconNode Value(IReadOnlyList<string>? path)
    {
        var pieces = new List<HoconNode>();
        while (true)
        {
            var origin = reader.Origin;
            var blank = reader.Blanks();
            if (reader.AtEnd || reader.Peek is '\n' or ',' or '}' or ']' || reader.Comment())
                break;
            if (blank.Length > 0 && pieces.Count > 0)
                pieces.Add(new BlankNode(origin, blank));
            pieces.Add(Piece(path));
        }

        return pieces.Count switch
        {
            0 => throw reader.Mistake("a value is missing here. Write \"\" for an empty one."),
            1 => pieces[0],
            _ => new ConcatenationNode(pieces[0].Origin, pieces),
        };
    }

    private HoconNode Piece(IReadOnlyList<string>? path)
    {
        var origin = reader.Origin;
        switch (reader.Peek)
        {
            case '{':
                return Object(path);
            case '[':
                return List();
            case '"':
                return new ScalarNode(origin, HoconStrings.Read(reader), Quoted: true);
            case '$' when reader.LooksAt("${"):
                return Substitution();
        }

        var text = reader.Unquoted(isKey: false);
        return text.Length > 0
            ? new ScalarNode(origin, text, Quoted: false)
            : throw reader.Mistake($"'{reader.Peek}' has a meaning of its own and cannot stand in a value without quotes.");
    }

    private ArrayNode List()
    {
        var opened = reader.Origin;
        reader.Take();
        Enter(1);
        var items = new List<HoconNode>();
        reader.BlanksAndLines();
        while (!reader.TakeIf("]"))
        {
            if (reader.AtEnd)
                throw new ConfigException(opened, "the [ that opens here is never closed. Add a ].");
            items.Add(Value(path: null));
            Separator(']');
        }

        depth--;
        return new ArrayNode(opened, items);
    }

    private SubstitutionNode Substitution()
    {
        var origin = reader.Origin;
        reader.TakeIf("${");
        var optional = reader.TakeIf("?");
        var path = Key();
        return reader.TakeIf("}")
            ? new SubstitutionNode(origin, path, optional)
            : throw new ConfigException(origin, "a substitution is written ${path} or ${?path}; its } is missing.");
    }

    private void Separator(char closing)
    {
        var newLine = reader.BlanksAndLines();
        var comma = reader.TakeIf(",");
        if (comma)
            reader.BlanksAndLines();
        if (comma && reader.Peek == ',')
            throw reader.Mistake("two commas with nothing between them.");
        if (!comma && !newLine && !reader.AtEnd && reader.Peek != closing)
            throw reader.Mistake($"'{reader.Peek}' is not expected here. Put a comma or a new line between values.");
    }

    private void Enter(int levels)
    {
        depth += levels;
        if (depth > ConfigLimits.Depth)
            throw reader.Mistake($"values are nested more than {ConfigLimits.Depth} deep.");
    }
}
