using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Cli.Loading;

/// <summary>Turns a plan into runs: reads and checks every filter, gives it the name under which it is staged, and finds the words for each device.</summary>
internal sealed class LoadWork(LoadRequest request, LoadSettings settings, PlatformCatalog catalog, int tftpPort, IReadOnlySet<NetDevice> fullCommits)
{
    private readonly Dictionary<(string Acl, string Platform), FilterFile> files = [];
    private readonly Dictionary<string, string?> servers = new(StringComparer.Ordinal);

    public StagedFiles Staged { get; } = new(settings.Root);

    /// <summary>Why this cannot be loaded; null when it can.</summary>
    public string? WhyNot(LoadItem item)
    {
        var platform = catalog.Get(item.Device.Platform);
        if (platform.LoadAcl is not { } how)
            return $"nobody has written down how {platform.Title} takes filters ({platform.Id}.load-acl)";
        if (LoadRun.IsNetconf(platform) && platform.Configure is not { LoadsText: true })
            return $"{platform.Id}.load-acl has no command, and it takes no text over NETCONF";
        if (FileOf(item, how).Mistake is { } mistake)
            return mistake;
        if (LoadRun.IsNetconf(platform))
            return null;
        return settings.Root is null ? "nothing says where filters are staged: set file-server.root" : ServerFor(item.Device) is null ? $"there is no way to {item.Device.Host} that a file server's address could be told from; set file-server.address" : null;
    }

    public IReadOnlyList<LoadRun> Runs(IReadOnlyList<(NetDevice Device, IReadOnlyList<LoadItem> Items)> work, RunSpec spec)
    {
        var byDevice = work.ToDictionary(pair => pair.Device, pair => pair.Items);
        return LoadRun.Of(work, device => catalog.Get(device.Platform), device => Commands(device, byDevice[device]), StagedName, spec);
    }

    /// <summary>The command lines of one device.</summary>
    private IReadOnlyList<string> Commands(NetDevice device, IReadOnlyList<LoadItem> items)
    {
        var platform = catalog.Get(device.Platform);
        return LoadRun.Commands(platform, [.. items.Select(item => (item.Acl, FileOf(item, platform.LoadAcl!).Text, StagedName(item)))], ServerFor(device) ?? "", tftpPort, fullCommits.Contains(device));
    }

    private string StagedName(LoadItem item)
    {
        var platform = catalog.Get(item.Device.Platform);
        return LoadRun.IsNetconf(platform) ? "" : Staged.NameOf(item.Acl, FileOf(item, platform.LoadAcl!).Text);
    }

    private FilterFile FileOf(LoadItem item, AclLoading how)
    {
        if (!files.TryGetValue((item.Acl, item.Device.Platform), out var file))
        {
            file = (request.Folder ?? settings.Filters) is { } folder ? FilterFile.Read(folder, item.Acl, how) : new FilterFile("", "nothing says where filters are kept: set acl.directory, or give --acls DIR");
            files.Add((item.Acl, item.Device.Platform), file);
        }

        return file;
    }

    private string? ServerFor(NetDevice device)
    {
        if (settings.Address is { } told)
            return told;
        if (!servers.TryGetValue(device.Host, out var own))
            servers.Add(device.Host, own = ServerAddress.Facing(device.Host));
        return own is not null && !request.NoVip && settings.Vips.TryGetValue(own, out var vip) ? vip : own;
    }
}
