using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Trigger.Scenarios.Rig;

/// <summary>What <c>kubectl kustomize</c> makes of the folder k8s, once for all tests.</summary>
public sealed partial class Manifests : IAsyncLifetime
{
    private readonly Dictionary<string, (string Text, IReadOnlyList<Yaml> Read)> rendered = [];
    private readonly DirectoryInfo copy = Directory.CreateTempSubdirectory("trigger-k8s-");
    private string? missing;

    public static string Root { get; } = Repository.Root;

    public async ValueTask InitializeAsync()
    {
        missing = await WhyNot();
        if (missing is not null)
            return;

        // The trial's secrets are made where nobody could commit them.
        await Tool.Run("cp", "-r", Path.Combine(Root, "k8s"), copy.FullName);
        var folder = Path.Combine(copy.FullName, "k8s");
        await Tool.Run(Path.Combine(folder, "overlays/trial/secrets.sh"));
        foreach (var (name, path) in new[] { ("base", "base"), ("trial", "overlays/trial"), ("production", "overlays/production") })
        {
            var text = await Tool.Run("kubectl", "kustomize", Path.Combine(folder, path));
            rendered[name] = (text, Yaml.Documents(text));
        }
    }

    public string Text(string name) => Rendered(name).Text;

    public IReadOnlyList<Yaml> Of(string name) => Rendered(name).Read;

    public List<Yaml> Kind(string name, string kind) => [.. Of(name).Where(one => one["kind"].Text == kind)];

    public Yaml Named(string name, string kind, string called) => Assert.Single(Kind(name, kind), one => one.At("metadata/name").Text == called);

    public List<Yaml> Pods(string name) => [.. Of(name).Select(one => one.At("spec/template")).Where(pod => pod.Exists)];

    /// <summary>The pods that run trigger.</summary>
    public List<Yaml> Nodes(string name) => [.. Pods(name).Where(pod => Labels(pod)["app.kubernetes.io/name"] == "trigger")];

    public static Dictionary<string, string> Labels(Yaml pod) => Wanted(pod.At("metadata/labels"));

    public static Dictionary<string, string> Wanted(Yaml labels) => labels.Pairs.ToDictionary(pair => pair.Key, pair => pair.Value.Text!);

    public static bool Matches(Dictionary<string, string> wanted, Dictionary<string, string> labels) => wanted.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value);

    public ValueTask DisposeAsync()
    {
        copy.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    // The test is skipped where there is no kubectl.
    private (string Text, IReadOnlyList<Yaml> Read) Rendered(string name)
    {
        Assert.SkipWhen(missing is not null, missing ?? "");
        return rendered[name];
    }

    private static async Task<string?> WhyNot()
    {
        try
        {
            using var running = new Running(new ProcessStartInfo("kubectl", ["version", "--client", "--output", "yaml"]), null);
            var said = (await running.End()).Out;
            return KustomizeVersion().Match(said) is { Success: true } version && int.Parse(version.Groups[1].Value) >= 5
                ? null
                : "The manifests need kubectl 1.27 or later, whose kustomize is 5; Debian 12 has 1.20.";
        }
        catch (Win32Exception)
        {
            return "There is no kubectl, and Debian 12 has none that is new enough (1.27): see https://kubernetes.io/docs/tasks/tools/.";
        }
    }

    [GeneratedRegex(@"kustomizeVersion: v(\d+)\.")]
    private static partial Regex KustomizeVersion();
}
