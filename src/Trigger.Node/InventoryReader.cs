using System.Buffers;
using Trigger.Devices.Inventory;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;

namespace Trigger.Node;

/// <summary>Reads inventories from wherever they are: files, directories, and http or https addresses.</summary>
public sealed class InventoryReader
{
    private const int Largest = 256 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // RFC 3986 section 3.1.
    private static readonly SearchValues<char> SchemeLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private readonly Inventories _loaders;

    private readonly string? _authorization;

    /// <param name="authorization">The Authorization header of requests (<c>Bearer …</c>, <c>Basic …</c>). It is sent over https, and to this machine, only.</param>
    /// <param name="custom">Loaders of the host's own; they are tried before those that are built in.</param>
    public InventoryReader(string? authorization = null, IEnumerable<IInventoryLoader>? custom = null)
    {
        _authorization = authorization;
        _loaders = new Inventories([.. custom ?? [], new SqliteLoader(), .. Inventories.BuiltIn]);
    }

    /// <summary>Whether the text is an address to fetch instead of a path: http, https, or another scheme that a loader of the host's own knows.</summary>
    public static bool IsUrl(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return place.IndexOf("://", StringComparison.Ordinal) is > 0 and var sign && place.AsSpan(0, sign).IndexOfAnyExcept(SchemeLetters) < 0 && !place.AsSpan(sign).StartsWith(":///");
    }

    /// <summary>Reads all of them into one inventory; whatever is wrong anywhere is among its mistakes.</summary>
    /// <param name="places">Paths and URLs, behind which arguments for the loaders may stand (<c>devices.db?table_name=routers</c>). A URL with a password in it is a mistake: it would stand in the list of processes and in the journal.</param>
    public InventoryLoad Load(IEnumerable<string> places, PlatformCatalog catalog)
    {
        var unreachable = new List<string>();
        var sources = new List<InventorySource>();
        foreach (var place in places)
        {
            if (!IsUrl(place))
                sources.Add(InventorySource.OfPlace(place));
            else if (Fetch(place, unreachable) is { } fetched)
                sources.Add(fetched);
        }

        var load = NetDevices.Load(sources, catalog, _loaders);
        return load with { Mistakes = [.. unreachable, .. load.Mistakes] };
    }

    private InventorySource? Fetch(string url, List<string> mistakes)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.UserInfo.Length > 0)
        {
            mistakes.Add($"{(address is null ? "an inventory's address" : address.Host)}: an address is http://host/path or https://host/path, without a user. What authorises a request goes into $TRIGGER_INVENTORY_AUTHORIZATION.");
            return null;
        }

        if (address.Scheme is not ("http" or "https"))
            return InventorySource.OfAddress(address);

        // A query may carry a token, so it is not repeated.
        var name = address.GetLeftPart(UriPartial.Path);
        if (_authorization is not null && address is { Scheme: "http", IsLoopback: false })
        {
            mistakes.Add($"{name}: an authorisation is sent over https only.");
            return null;
        }

        try
        {
            using var client = new HttpClient { Timeout = Patience, MaxResponseContentBufferSize = Largest };
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (_authorization is not null)
                request.Headers.TryAddWithoutValidation("Authorization", _authorization);
            using var response = client.Send(request);
            if (!response.IsSuccessStatusCode)
            {
                mistakes.Add($"{name}: the server answered {(int)response.StatusCode} {response.ReasonPhrase}.");
                return null;
            }

            using var content = new MemoryStream();
            response.Content.CopyTo(content, context: null, CancellationToken.None);
            return InventorySource.OfBytes(name, content.ToArray(), address.Query);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            mistakes.Add($"{name}: cannot be fetched: {(failure is TaskCanceledException ? $"no answer in {Patience.TotalSeconds:0} s." : failure.Message)}");
            return null;
        }
    }
}
