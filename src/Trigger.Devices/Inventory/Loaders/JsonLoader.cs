namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Trigger's JSON: an array of objects, or one object a line.</summary>
public sealed class JsonLoader : IInventoryLoader
{
    public string Name => "JSON";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
            return new LoaderAnswer.Refused("it is a directory");
        if (!LooksLikeJson(source.Beginning))
            return new LoaderAnswer.Refused("it begins with neither [ nor {");

        var mistakes = new List<string>();
        return new LoaderAnswer.Rows(JsonRows.Read(source.Content.Span, source.Name, mistakes), mistakes);
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> content)
    {
        if (content.Length == 0 || content[0] is not ((byte)'[' or (byte)'{'))
            return false;

        // "[2001:db8::1]:22,cisco" and "[routers]" begin with a bracket too.
        var rest = content[1..].TrimStart(" \t\r\n"u8);
        return content[0] == '{' || rest.Length == 0 || rest[0] is (byte)'{' or (byte)']' or (byte)'"' or (byte)'/';
    }
}
