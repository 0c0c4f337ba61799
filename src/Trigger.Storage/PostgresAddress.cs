using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Trigger.Storage;

/// <summary>
/// <c>postgres://user:password@host:port,host2:port2/database?key=value&amp;…</c>, in libpq's manner. Several hosts are tried until one is the primary. What the address leaves out comes from
/// <c>PGHOST</c>, <c>PGPORT</c>, <c>PGUSER</c>, <c>PGDATABASE</c>; the password from <c>PGPASSWORD</c>, <c>PGPASSFILE</c> or <c>~/.pgpass</c>, as the driver reads them.
/// </summary>
internal sealed partial class PostgresAddress
{
    private const string KnownKeys = "sslmode, sslrootcert, sslcert, sslkey, application_name, connect_timeout, search_path, pool";

    private PostgresAddress(NpgsqlConnectionStringBuilder settings, int pool)
    {
        Settings = settings;
        Pool = pool;
    }

    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>How many connections reading, and how many writing, may open. Default 8.</summary>
    public int Pool { get; }

    public bool HasSeveralHosts => Settings.Host!.Contains(',', StringComparison.Ordinal);

    /// <summary>For people: whom, where, what; no password, no options.</summary>
    public string Shown => $"postgres://{Settings.Username}@{Settings.Host}/{Settings.Database}";

    public static bool IsOne(string address) =>
        address.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || address.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Leaves out whatever may be a password, also of an address that nobody could use: up to the last @ of the part before the options, and in the options.</summary>
    public static string WithoutPassword(string address) => OptionPassword().Replace(UserPassword().Replace(address, "$1"), "$1***");

    /// <exception cref="StorageException">It is none; the message says what would be right.</exception>
    public static PostgresAddress Parse(string address)
    {
        if (Shape().Match(address) is not { Success: true } match)
            throw Wrong(address, "It should look like postgres://user@host:5432/database.");

        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = Hosts(address, match.Groups["hosts"].Value),
            Username = Part(match, "user") ?? Environment.GetEnvironmentVariable("PGUSER") ?? Environment.UserName,
            Password = Part(match, "password"),
            Timeout = 5,
        };
        settings.Database = Part(match, "database") ?? Environment.GetEnvironmentVariable("PGDATABASE") ?? settings.Username;
        var pool = 8;
        foreach (var option in match.Groups["options"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = option.Split('=', 2) is [var left, var right] ? (left, Uri.UnescapeDataString(right)) : (option, "");
            if (key == "pool")
                pool = Number(address, key, value, 1, 1000);
            else
                Set(settings, address, key, value);
        }

        return new PostgresAddress(settings, pool);
    }

    private static string Hosts(string address, string hosts)
    {
        if (hosts.Length == 0)
            hosts = Environment.GetEnvironmentVariable("PGHOST") ?? "localhost";
        var port = Environment.GetEnvironmentVariable("PGPORT") is { Length: > 0 } preset ? Number(address, "PGPORT", preset, 1, 65535) : 5432;
        return string.Join(',', hosts.Split(',').Select(host =>
        {
            var part = Host().Match(host);
            return part.Success ? $"{part.Groups[1].Value}:{(part.Groups[2].Success ? Number(address, "the port", part.Groups[2].Value, 1, 65535) : port)}" : throw Wrong(address, "One of its hosts is none.");
        }));
    }

    private static void Set(NpgsqlConnectionStringBuilder settings, string address, string key, string value)
    {
        switch (key)
        {
            case "sslmode":
                settings.SslMode = Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode)
                    ? mode
                    : throw Wrong(address, "sslmode is one of disable, allow, prefer, require, verify-ca, verify-full.");
                break;
            case "sslrootcert": settings.RootCertificate = value; break;
            case "sslcert": settings.SslCertificate = value; break;
            case "sslkey": settings.SslKey = value; break;
            case "application_name": settings.ApplicationName = value; break;
            case "connect_timeout": settings.Timeout = Number(address, key, value, 1, 300); break;
            case "search_path": settings.SearchPath = value; break;
            case "password": settings.Password = value; break;
            default: throw Wrong(address, $"It has no option '{key}'. Those it has: {KnownKeys}.");
        }
    }

    private static int Number(string address, string what, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(address, $"{what} is a number from {least} to {most}.");

    private static string? Part(Match match, string name) => match.Groups[name] is { Success: true, Length: > 0 } part ? Uri.UnescapeDataString(part.Value) : null;

    private static StorageException Wrong(string address, string why) => new($"The address {WithoutPassword(address)} cannot be used: {why}");

    [GeneratedRegex(@"^postgres(?:ql)?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/?]*))?@)?(?<hosts>[^@/?]*)(?:/(?<database>[^/?]*))?(?:\?(?<options>.*))?$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Shape();

    // [::1]:5432, name:5432, or without the port.
    [GeneratedRegex(@"^(\[[0-9A-Fa-f:.]+\]|[^:\[\]\s]+)(?::(\d{1,5}))?$")]
    private static partial Regex Host();

    [GeneratedRegex(@"^([a-z]+://[^:@/?]*):.*(?=@)", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex UserPassword();

    [GeneratedRegex(@"([?&]password=)[^&]*", RegexOptions.IgnoreCase)]
    private static partial Regex OptionPassword();
}
