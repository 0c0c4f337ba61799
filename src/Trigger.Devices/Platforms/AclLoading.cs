namespace Trigger.Devices.Platforms;

/// <summary>How a device takes a filter from a file that is staged for it.</summary>
/// <param name="Dialect">What filters are written in there, such as <c>ios</c>; they are read as that before they are loaded.</param>
/// <param name="Command">Typed for each filter, with <see cref="Url"/>, <see cref="Server"/>, <see cref="Port"/> and <see cref="File"/> in it. Empty where the text itself is loaded over NETCONF.</param>
/// <param name="Comments">Whether it takes comments; else they are taken out of the staged file.</param>
/// <param name="Interval">How long it wants to be left alone after each: it goes on loading behind its prompt.</param>
public sealed record AclLoading(string Dialect, string Command, bool Comments, TimeSpan? Interval)
{
    /// <summary>Stands for the file's whole address.</summary>
    public const string Url = "{url}";

    /// <summary>Stands for the file server.</summary>
    public const string Server = "{server}";

    /// <summary>Stands for its port.</summary>
    public const string Port = "{port}";

    /// <summary>Stands for the file's name there.</summary>
    public const string File = "{file}";

    private const int UsualPort = 69;

    /// <summary>The command for one file.</summary>
    public string CommandFor(string server, int port, string file)
    {
        var host = server.Contains(':', StringComparison.Ordinal) ? $"[{server}]" : server;
        var address = port == UsualPort ? host : $"{host}:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        return Command
            .Replace(Url, $"tftp://{address}/{file}", StringComparison.Ordinal)
            .Replace(Server, server, StringComparison.Ordinal)
            .Replace(Port, port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(File, file, StringComparison.Ordinal);
    }
}
