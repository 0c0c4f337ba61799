using System.Text;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Something to read an inventory from: a file, a directory, or bytes that came from elsewhere.</summary>
public sealed class InventorySource
{
    private const int Largest = 256 * 1024 * 1024;

    // Enough to know a picture from a list.
    private const int Looked = 4096;

    private byte[]? _content;
    private string? _text;

    private InventorySource(string name, string? path, byte[]? content)
    {
        Name = name;
        Path = path;
        _content = content;
    }

    /// <summary>What stood behind the place's <c>?</c>, for loaders that want to know more (<c>table_name=…</c>); empty for most.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; private init; } = new Dictionary<string, string>();

    /// <summary>The address, for a loader of one's own that fetches it itself (<c>mongodb://…</c>); null for what lies here or was fetched already.</summary>
    public Uri? Address { get; private init; }

    /// <summary>As mistakes name it.</summary>
    public string Name { get; }

    /// <summary>Where it lies, or null for what came from elsewhere.</summary>
    public string? Path { get; }

    public bool IsDirectory => Path is not null && Directory.Exists(Path);

    /// <summary>Why this is no text, or null when it may be some.</summary>
    internal string? WhyNotText
    {
        get
        {
            var some = Content.Span[..Math.Min(Content.Length, Looked)];
            if (some.Contains((byte)0))
                return "it has zero bytes in it, so it is no text";
            var odd = 0;
            foreach (var letter in some)
                odd += letter < 0x20 && letter is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') ? 1 : 0;
            return odd > some.Length / 50 ? "it is full of control characters, so it is no text" : null;
        }
    }


    /// <summary>Lower case, with its dot; empty when there is none.</summary>
    public string Extension => System.IO.Path.GetExtension(Name).ToLowerInvariant();

    /// <summary>Read once, at most 256 MiB.</summary>
    /// <exception cref="IOException">It cannot be read, or is too large.</exception>
    public ReadOnlyMemory<byte> Content => _content ??= Read();

    /// <summary>The content as a stream, for readers that find out the encoding themselves.</summary>
    public Stream Open() => new MemoryStream(_content ??= Read(), writable: false);

    /// <summary>The content as UTF-8, without its byte order mark.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(WithoutMark(Content.Span));

    public static InventorySource OfPath(string path) => new(path, path, content: null);

    /// <summary>A place as somebody writes it: a path, behind which there may be arguments (<c>devices.db?table_name=routers</c>), or <c>file:///</c> and a path.</summary>
    /// <param name="place">A file whose name has a question mark in it is still that file.</param>
    public static InventorySource OfPlace(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        var path = PathOf(place);
        return new InventorySource(path, path, content: null) { Arguments = place.EndsWith(path, StringComparison.Ordinal) ? Queried("") : Queried(place[(place.IndexOf('?', StringComparison.Ordinal) + 1)..]) };
    }

    /// <summary>The path alone of such a place.</summary>
    public static string PathOf(string place)
    {
        ArgumentNullException.ThrowIfNull(place);

        // Trigger's settings have sqlite:///etc/trigger/netdevices.db: without a host, an address means a file whatever its scheme.
        var path = place.IndexOf(":///", StringComparison.Ordinal) is > 0 and var scheme ? place[(scheme + 3)..] : place;
        var mark = path.IndexOf('?', StringComparison.Ordinal);
        return mark <= 0 || System.IO.Path.Exists(path) ? path : path[..mark];
    }

    /// <summary>An address that none of the built-in loaders can fetch. Asked for its content, it says so.</summary>
    /// <param name="address">Its query becomes the arguments.</param>
    public static InventorySource OfAddress(Uri address) =>
        new(address.GetLeftPart(UriPartial.Path), path: null, content: null) { Address = address, Arguments = Queried(address.Query.TrimStart('?')) };

    /// <param name="name">Where it came from, such as its URL without a password; its extension may tell the format.</param>
    /// <param name="query">What stood behind the place's question mark.</param>
    public static InventorySource OfBytes(string name, byte[] content, string query = "") => new(name, path: null, content) { Arguments = Queried(query.TrimStart('?')) };

    /// <summary>The first bytes that are neither a mark nor blanks.</summary>
    internal ReadOnlySpan<byte> Beginning => WithoutMark(Content.Span).TrimStart(" \t\r\n"u8);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> content) => content.StartsWith("\uFEFF"u8) ? content[3..] : content;

    private static Dictionary<string, string> Queried(string query)
    {
        var arguments = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            arguments[Uri.UnescapeDataString(equals < 0 ? part : part[..equals])] = equals < 0 ? "" : Uri.UnescapeDataString(part[(equals + 1)..]);
        }

        return arguments;
    }

    private byte[] Read()
    {
        if (Address is { Scheme: var scheme })
            throw new IOException($"nothing built in fetches {scheme}:// addresses; a loader of your own can (IInventoryLoader)");

        try
        {
            if (!File.Exists(Path))
                throw new IOException("there is no such file");
            if (new FileInfo(Path!) is { Exists: true, Length: > Largest })
                throw new IOException($"it is larger than {Largest} bytes");
            return File.ReadAllBytes(Path!);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(unreadable.Message, unreadable);
        }
    }
}
