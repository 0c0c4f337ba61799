using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>The container image and the unit of systemd, as far as they can be known without an engine and without systemd.</summary>
public sealed partial class What_is_packaged : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trigger-packaged-");

    [Fact]
    public void runs_as_the_same_nobody_wherever_it_runs()
    {
        Assert.Contains("\nUSER 10001:10001\n", Text("packaging/container/Dockerfile"), StringComparison.Ordinal);
        Assert.Contains("\"User\": \"10001:10001\"", Text("packaging/container/oci.py"), StringComparison.Ordinal);
        Assert.All(["lighthouse", "workers"], nodes => Assert.Contains("runAsUser: 10001\n", Text($"k8s/base/{nodes}.yaml"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("packaging/container/Dockerfile")]
    [InlineData("packaging/container/build.sh")]
    public void brings_what_the_engine_calls_on(string recipe) => Assert.All(["libssh-4", "git", "ca-certificates", "publish.sh"], needed => Assert.Contains(needed, Text(recipe), StringComparison.Ordinal));

    [Fact]
    public async Task is_an_image_whose_every_digest_is_right()
    {
        var layers = new[] { Layer("base", "libssh"), Layer("app", "trigger") };
        var archive = Path.Combine(folder.FullName, "image.tar");
        await Tool.Run("/usr/bin/python3", [Path.Combine(Manifests.Root, "packaging/container/oci.py"), archive, "trigger-actors:1", "amd64", .. layers]);

        var files = await Contents(archive);
        var manifest = Blob(files, Json(files["index.json"]).GetProperty("manifests")[0]);
        var config = Json(Blob(files, Json(manifest).GetProperty("config")));
        var unpacked = Json(manifest).GetProperty("layers").EnumerateArray().Select(layer => Unpacked(Blob(files, layer))).ToList();

        Assert.Equal(layers.Select(File.ReadAllBytes), unpacked);
        Assert.Equal(unpacked.Select(Digest), config.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal("10001:10001", config.GetProperty("config").GetProperty("User").GetString());
        var older = Json(files["manifest.json"])[0];
        Assert.Equal("trigger-actors:1", older.GetProperty("RepoTags")[0].GetString());
        Assert.All(older.GetProperty("Layers").EnumerateArray(), layer => Assert.Contains(layer.GetString()!, files.Keys));
    }

    [Fact]
    public void gives_a_node_under_systemd_time_to_hand_over_its_devices()
    {
        var unit = Text("packaging/systemd/trigger-node.service");
        var drain = Number(DrainTime(), Text("k8s/base/config/trigger.conf"));

        Assert.True(Number(StopTime(), unit) > drain, "systemd would kill a node while it drains.");
        Assert.DoesNotContain("WatchdogSec", unit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_a_unit_that_systemd_understands_and_finds_well_shut()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "There is no systemd-analyze here.");
        // The executable lies elsewhere, and systemd looks whether it is there.
        var unit = Path.Combine(folder.FullName, "trigger-node.service");
        File.WriteAllText(unit, Text("packaging/systemd/trigger-node.service").Replace("/opt/trigger/trigger", "/bin/true", StringComparison.Ordinal));

        using var verify = new Running(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", "--man=no", unit]), null);
        Assert.Equal("", (await verify.End()).Exits(0).Error);
        var told = await Tool.Run("/usr/bin/systemd-analyze", "security", "--offline=true", unit);
        Assert.InRange(double.Parse(Exposure().Match(told).Groups[1].Value, CultureInfo.InvariantCulture), 0, 1.5);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static string Text(string path) => File.ReadAllText(Path.Combine(Manifests.Root, path));

    private static int Number(Regex pattern, string text) => int.Parse(pattern.Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

    private string Layer(string name, string content)
    {
        var inside = folder.CreateSubdirectory(name);
        File.WriteAllText(Path.Combine(inside.FullName, "file"), content);
        var path = Path.Combine(folder.FullName, name + ".tar");
        TarFile.CreateFromDirectory(inside.FullName, path, includeBaseDirectory: false);
        return path;
    }

    private static async Task<Dictionary<string, byte[]>> Contents(string archive)
    {
        var files = new Dictionary<string, byte[]>();
        await using var tar = new TarReader(File.OpenRead(archive));
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            using var bytes = new MemoryStream();
            await entry.DataStream!.CopyToAsync(bytes);
            files.Add(entry.Name, bytes.ToArray());
        }

        return files;
    }

    private static byte[] Blob(Dictionary<string, byte[]> files, JsonElement described)
    {
        var digest = described.GetProperty("digest").GetString()!;
        var bytes = files["blobs/sha256/" + digest["sha256:".Length..]];
        Assert.Equal(digest, Digest(bytes));
        Assert.Equal(described.GetProperty("size").GetInt64(), bytes.LongLength);
        return bytes;
    }

    private static byte[] Unpacked(byte[] packed)
    {
        using var gzip = new System.IO.Compression.GZipStream(new MemoryStream(packed), System.IO.Compression.CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonElement Json(byte[] bytes) => JsonSerializer.Deserialize<JsonElement>(bytes);

    [GeneratedRegex(@"drain-time = (\d+)s")]
    private static partial Regex DrainTime();

    [GeneratedRegex(@"TimeoutStopSec=(\d+)")]
    private static partial Regex StopTime();

    [GeneratedRegex(@"exposure level[^:]*: ([0-9.]+)")]
    private static partial Regex Exposure();
}
