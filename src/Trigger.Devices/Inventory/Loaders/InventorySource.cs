using System.Text;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Something to read an inventory from: a file, a directory, or bytes that came from elsewhere.</summary>
public sealed class InventorySource
{
    private const int Largest = 256 * 1024 * 1024;

    private byte[]? _content;
    private string? _text;

    private InventorySource(string name, string? path, byte[]? content)
    {
        Name = name;
        Path = path;
        _content = content;
    }

    /// <summary>As mistakes name it.</summary>
    public string Name { get; }

    /// <summary>Where it lies, or null for what came from elsewhere.</summary>
    public string? Path { get; }

    public bool IsDirectory => Path is not null && Directory.Exists(Path);

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

    /// <param name="name">Where it came from, such as its URL without a password; its extension may tell the format.</param>
    public static InventorySource OfBytes(string name, byte[] content) => new(name, path: null, content);

    /// <summary>The first bytes that are neither a mark nor blanks.</summary>
    internal ReadOnlySpan<byte> Beginning => WithoutMark(Content.Span).TrimStart(" \t\r\n"u8);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> content) => content.StartsWith("\uFEFF"u8) ? content[3..] : content;

    private byte[] Read()
    {
        try
        {
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
