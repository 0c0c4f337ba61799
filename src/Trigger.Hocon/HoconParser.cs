namespace Trigger.Hocon;

/// <summary>Reads one source into a tree. Nothing is looked up: substitutions stay. A mistake is noted and reading goes on after its line.</summary>
internal sealed class HoconParser
{
    private readonly HoconReading reading;
    private readonly HoconReader reader;
    private readonly HoconInclude include;
    private readonly IReadOnlyList<string> within;
    private readonly List<string> path; // Of the object that is being read.
    private int depth;

    public HoconParser(HoconReading reading, string text, string source, string? directory, IReadOnlyList<string> within)
    {
        this.reading = reading;
        this.within = within;
        path = [.. within];
        reader = new HoconReader(text, source);
        include = new HoconInclude(reading, reader, directory);
    }

    public ObjectNode Root()
    {
        reader.BlanksAndLines();
        if (reader.Peek == '[')
            reading.Note(reader.Mistake("a configuration begins with keys, not with a list."), final: true);
        var braces = reader.Peek == '{';
        var root = braces ? Object() : Fields(new ObjectNode(reader.Origin), closing: null);
        reader.BlanksAndLines();
        if (!reader.AtEnd)
            reading.Note(reader.Mistake($"'{reader.Peek}' stands after the end of the configuration."), final: true);
        return root;
    }

    private ObjectNode Object()
    {
        var opened = reader.Origin;
        reader.Take(); // Its depth was counted with the key or the list that holds it.
        return Fields(new ObjectNode(opened), closing: opened);
    }

    // With closing the fields end at a brace, which is taken; without it they end with the text.
    private ObjectNode Fields(ObjectNode target, ConfigOrigin? closing)
    {
        reader.BlanksAndLines();
        while (true)
        {
            if (closing is { } opened && reader.AtEnd)
                reading.Note(new ConfigException(opened, "the { that opens here is never closed. Add a }."), final: true);
            if (reader.AtEnd || (closing is not null && reader.TakeIf('}')))
                return target;
            var (levels, names) = (depth, path.Count);
            try
            {
                if (reader.Peek == 'i' && reader.TakeWord("include"))
                    include.Into(target, reader.Origin, [.. path]);
                else
                    Field(target);
                Separator('}');
            }
            catch (ConfigException mistake)
            {
                GoOn(mistake, levels, names, closing is null ? '\n' : '}');
            }
        }
    }

    // One mistake does not hide the next: what stands on later lines is still read.
    private void GoOn(ConfigException mistake, int levels, int names, char closing)
    {
        reading.Note(mistake);
        depth = levels;
        path.RemoveRange(names, path.Count - names);
        reader.GiveUpLine(closing);
        reader.BlanksAndLines();
    }

    private void Field(ObjectNode target)
    {
        var origin = reader.Origin;
        var key = HoconPath.Read(reader);
        Enter(key.Count);
        reader.BlanksAndLines();
        var appends = reader.TakeIf("+=");
        if (!appends && !reader.TakeIf('=') && !reader.TakeIf(':') && reader.Peek != '{')
            throw new ConfigException(origin, $"the key '{ConfigPath.Join(key)}' has no value. Write {ConfigPath.Join(key)} = … after it.");
        reader.BlanksAndLines();
        var holder = HolderOf(target, key, origin);
        path.AddRange(key);
        var value = Value();
        path.RemoveRange(path.Count - key.Count, key.Count);
        HoconMerge.Put(holder, key[^1], appends ? new AppendNode(origin, [value]) : value);
        depth -= key.Count;
    }

    // a.b.c = 1 is a { b { c = 1 } }.
    private static ObjectNode HolderOf(ObjectNode target, List<string> key, ConfigOrigin origin)
    {
        for (var i = 0; i < key.Count - 1; i++)
        {
            if (target.Fields.GetValueOrDefault(key[i]) is not ObjectNode)
                HoconMerge.Put(target, key[i], new ObjectNode(origin));
            target = target.Fields[key[i]] as ObjectNode ?? (ObjectNode)((LayeredNode)target.Fields[key[i]]).Top;
        }

        return target;
    }

    private HoconNode Value()
    {
        HoconNode? first = null;
        List<HoconNode>? pieces = null;
        while (true)
        {
            var origin = reader.Origin;
            var blank = reader.Blanks();
            if (reader.AtEnd || reader.Peek is '\n' or ',' or '}' or ']' || reader.Comment())
                break;
            if (first is not null)
                pieces ??= [first];
            if (blank.Length > 0)
                pieces?.Add(new BlankNode(origin, blank));
            var piece = Piece();
            first ??= piece;
            pieces?.Add(piece);
        }

        return first is null
            ? throw reader.Mistake("a value is missing here. Write \"\" for an empty one.")
            : pieces is null ? first : HoconJoin.AsWritten(first.Origin, pieces);
    }

    private HoconNode Piece()
    {
        var origin = reader.Origin;
        switch (reader.Peek)
        {
            case '{':
                return Object();
            case '[':
                return List();
            case '"':
                return new ScalarNode(origin, HoconStrings.Read(reader), quoted: true);
            case '$' when reader.LooksAt("${"):
                return Substitution();
        }

        var text = reader.Unquoted(isKey: false);
        return text.Length > 0
            ? new ScalarNode(origin, text, quoted: false)
            : throw reader.Mistake($"'{reader.Peek}' has a meaning of its own and cannot stand in a value without quotes.");
    }

    private ArrayNode List()
    {
        var opened = reader.Origin;
        reader.Take();
        Enter(1);
        var items = new List<HoconNode>();
        reader.BlanksAndLines();
        while (!reader.TakeIf(']'))
        {
            if (reader.AtEnd)
                reading.Note(new ConfigException(opened, "the [ that opens here is never closed. Add a ]."), final: true);
            var (levels, names) = (depth, path.Count);
            try
            {
                items.Add(Value());
                Separator(']');
            }
            catch (ConfigException mistake)
            {
                GoOn(mistake, levels, names, ']');
            }
        }

        depth--;
        return new ArrayNode(opened, items);
    }

    private SubstitutionNode Substitution()
    {
        var origin = reader.Origin;
        reader.TakeIf("${");
        var optional = reader.TakeIf('?');
        var path = HoconPath.Read(reader);
        var list = reader.TakeIf("[]");
        reader.Blanks();
        return reader.TakeIf('}')
            ? new SubstitutionNode(origin, path, optional, list, within)
            : throw new ConfigException(origin, "a substitution is written ${path} or ${?path}; its } is missing.");
    }

    private void Separator(char closing)
    {
        var newLine = reader.BlanksAndLines();
        var comma = reader.TakeIf(',');
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
            reading.Note(reader.Mistake($"values are nested more than {ConfigLimits.Depth} deep."), final: true);
    }
}
