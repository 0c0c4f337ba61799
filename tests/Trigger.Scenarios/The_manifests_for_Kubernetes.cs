using System.Diagnostics;
using System.Text.RegularExpressions;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>The base and both overlays, as <c>kubectl kustomize</c> prints them.</summary>
public sealed partial class The_manifests_for_Kubernetes(Manifests manifests) : IClassFixture<Manifests>
{
    private const string Api = "9110";

    public static TheoryData<string> All => ["base", "trial", "production"];

    [Theory]
    [MemberData(nameof(All))]
    public async Task say_only_what_the_API_of_Kubernetes_knows(string name) => Assert.EndsWith("checked\n", (await Schema(manifests.Text(name))).Exits(0).Out, StringComparison.Ordinal);

    [Theory]
    [InlineData("readOnlyRootFilesystem:", "readOnlyRootFileSystem:", "there is no such field")]
    [InlineData("minReadySeconds: 15", "minReadySeconds: soon", "is no int")]
    [InlineData("  serviceName: trigger-nodes", "  paused: true", "serviceName: is missing")]
    [InlineData("policy/v1", "policy/v7", "the API has no policy/v7 PodDisruptionBudget")]
    public async Task would_not_pass_with_a_mistake_in_them(string right, string wrong, string told)
    {
        var text = manifests.Text("base");
        Assert.Contains(right, text, StringComparison.Ordinal);

        Assert.Contains(told, (await Schema(text.Replace(right, wrong, StringComparison.Ordinal))).Exits(1).Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void let_no_container_do_more_than_it_must(string name)
    {
        var pods = manifests.Pods(name);
        Assert.NotEmpty(pods);
        foreach (var pod in pods)
        {
            var security = pod.At("spec/securityContext");
            Assert.Equal("true", security["runAsNonRoot"].Text);
            Assert.NotEqual("0", security["runAsUser"].Text ?? "0");
            Assert.Equal("RuntimeDefault", security.At("seccompProfile/type").Text);
            Assert.Equal("false", pod.At("spec/automountServiceAccountToken").Text);
            Assert.All(["hostNetwork", "hostPID", "hostIPC"], dangerous => Assert.False(pod.At("spec")[dangerous].Exists));
            Assert.DoesNotContain(pod.At("spec/volumes").Items, volume => volume["hostPath"].Exists);
            foreach (var container in Containers(pod))
            {
                var own = container["securityContext"];
                Assert.Equal("true", own["readOnlyRootFilesystem"].Text);
                Assert.Equal("false", own["allowPrivilegeEscalation"].Text);
                Assert.Equal("ALL", Assert.Single(own.At("capabilities/drop").Items).Text);
                Assert.False(own["privileged"].Exists || own["runAsUser"].Exists);
                Assert.True(container.At("resources/requests/cpu").Exists && container.At("resources/limits/memory").Exists, $"{container["name"]} says not what it needs.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ask_each_node_how_it_is_where_it_answers(string name)
    {
        var nodes = manifests.Nodes(name);
        Assert.Equal(2, nodes.Count);
        foreach (var container in nodes.Select(node => Assert.Single(node.At("spec/containers").Items)))
        {
            foreach (var (probe, path) in new[] { ("startupProbe", "/health/started"), ("livenessProbe", "/health/live"), ("readinessProbe", "/health/ready") })
            {
                var asked = container[probe]["httpGet"];
                Assert.Equal(path, asked["path"].Text);
                Assert.Equal("HTTPS", asked["scheme"].Text);
                Assert.Contains(container["ports"].Items, port => port["name"].Text == asked["port"].Text && port["containerPort"].Text == Api);
            }
        }

        Assert.Contains($"listen = \"0.0.0.0:{Api}\"", Setting(name), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void leave_a_node_time_to_hand_over_its_devices(string name)
    {
        var drain = int.Parse(DrainTime().Match(Setting(name)).Groups[1].Value);
        foreach (var node in manifests.Nodes(name))
        {
            var pause = Assert.Single(node.At("spec/containers").Items).At("lifecycle/preStop/exec/command").Items.Select(word => word.Text).ToList();
            Assert.Equal("sleep", pause[0]);
            Assert.True(int.Parse(node.At("spec/terminationGracePeriodSeconds").Text!) > int.Parse(pause[1]!) + drain, "Kubernetes would kill a node while it drains.");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task configure_trigger_as_trigger_understands_it(string name)
    {
        var folder = Directory.CreateTempSubdirectory("trigger-settings-");
        try
        {
            foreach (var file in Settings(name).Pairs)
                File.WriteAllText(Path.Combine(folder.FullName, file.Key), file.Value.Text);

            using var check = new Running(new ProcessStartInfo(Desk.Executable, ["config", "check", Path.Combine(folder.FullName, "trigger.conf")]), null);
            (await check.End()).Exits(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void select_pods_that_there_are(string name)
    {
        var labels = manifests.Pods(name).Select(Manifests.Labels).ToList();
        var selectors = manifests.Of(name).SelectMany(Selectors).ToList();

        Assert.True(selectors.Count > 10);
        Assert.All(selectors, selector => Assert.Contains(labels, pod => Manifests.Matches(selector.Wanted, pod)));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void keep_all_nodes_but_one_while_machines_are_emptied(string name)
    {
        var budgets = manifests.Kind(name, "PodDisruptionBudget");
        foreach (var labels in manifests.Nodes(name).Select(Manifests.Labels))
        {
            var own = Assert.Single(budgets, budget => Manifests.Matches(Manifests.Wanted(budget.At("spec/selector/matchLabels")), labels));
            Assert.Equal("1", own.At("spec/maxUnavailable").Text);
        }

        Assert.True(int.Parse(manifests.Named(name, "StatefulSet", "trigger-lighthouse").At("spec/replicas").Text!) >= 2);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("production")]
    public void scale_the_workers_and_nobody_else(string name)
    {
        var scaler = Assert.Single(manifests.Kind(name, "HorizontalPodAutoscaler")).At("spec");
        var workers = manifests.Named(name, "StatefulSet", scaler.At("scaleTargetRef/name").Text!);

        Assert.Equal("worker", workers.At("spec/template/metadata/labels")["app.kubernetes.io/component"].Text);
        Assert.Equal(workers["apiVersion"].Text, scaler.At("scaleTargetRef/apiVersion").Text);
        Assert.False(workers.At("spec/replicas").Exists, "Every apply would undo what the autoscaler has done.");
        Assert.Equal("trigger_tasks_pending", Assert.Single(scaler["metrics"].Items).At("external/metric/name").Text);
        Assert.InRange(int.Parse(scaler["minReplicas"].Text!), 2, int.Parse(scaler["maxReplicas"].Text!));
    }

    [Fact]
    public void scale_nothing_where_nobody_counts()
    {
        Assert.Empty(manifests.Kind("trial", "HorizontalPodAutoscaler"));
        Assert.Equal("3", manifests.Named("trial", "StatefulSet", "trigger-worker").At("spec/replicas").Text);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void refer_only_to_what_is_there(string name)
    {
        foreach (var pod in manifests.Pods(name))
        {
            manifests.Named(name, "ServiceAccount", pod.At("spec/serviceAccountName").Text!);
            var volumes = pod.At("spec/volumes").Items.Select(volume => volume["name"].Text).Append("data").ToList();
            Assert.All(Containers(pod).SelectMany(container => container["volumeMounts"].Items), mount => Assert.Contains(mount["name"].Text, volumes));

            foreach (var map in pod.All().Where(place => place["configMap"].Exists).Select(place => place["configMap"]))
            {
                var data = manifests.Named(name, "ConfigMap", map["name"].Text!)["data"];
                Assert.All(map["items"].Items, item => Assert.True(data[item["key"].Text!].Exists));
            }

            Assert.All(SecretsOf(pod), secret => Assert.Contains($"`{Hash().Replace(secret, "")}`", Guide, StringComparison.Ordinal));
        }

        foreach (var set in manifests.Kind(name, "StatefulSet"))
            manifests.Named(name, "Service", set.At("spec/serviceName").Text!);
    }

    [Theory]
    [InlineData("base")]
    [InlineData("production")]
    public void hold_no_secret(string name)
    {
        Assert.Empty(manifests.Kind(name, "Secret"));
        Assert.DoesNotMatch(SecretInText(), manifests.Text(name));
        var variables = manifests.Pods(name).SelectMany(Containers).SelectMany(container => container["env"].Items);
        Assert.All(variables.Where(variable => SecretByName().IsMatch(variable["name"].Text!)), variable => Assert.True(variable.At("valueFrom/secretKeyRef").Exists));
    }

    [Fact]
    public void make_the_trials_secrets_anew_and_let_git_ignore_them()
    {
        var secrets = manifests.Kind("trial", "Secret").ToList();
        Assert.Equal(3, secrets.Count);
        var named = secrets.Select(secret => secret.At("metadata/name").Text!).ToHashSet();
        Assert.All(manifests.Pods("trial").SelectMany(SecretsOf), used => Assert.Contains(used, named));
        Assert.All(secrets.SelectMany(secret => secret["data"].Pairs), pair => Assert.True(Convert.FromBase64String(pair.Value.Text!).Length >= 32));
        Assert.Equal("secrets/\n", File.ReadAllText(Path.Combine(Manifests.Root, "k8s/overlays/trial/.gitignore")));
    }

    private string Setting(string name) => Settings(name)["trigger.conf"].Text!;

    private Yaml Settings(string name) => manifests.Kind(name, "ConfigMap").Single(map => map.At("metadata/name").Text!.StartsWith("trigger-settings-", StringComparison.Ordinal))["data"];

    private static string Guide => File.ReadAllText(Path.Combine(Manifests.Root, "k8s/README.md"));

    private static IEnumerable<Yaml> Containers(Yaml pod) => pod.At("spec/initContainers").Items.Concat(pod.At("spec/containers").Items);

    private static IEnumerable<string> SecretsOf(Yaml pod) =>
        pod.All().SelectMany(place => new[] { place.At("secret/secretName").Text, place.At("secret/name").Text, place.At("secretKeyRef/name").Text }).OfType<string>();

    // Services write their labels plainly; all others under matchLabels. Those who may call the API are other people's pods.
    private static IEnumerable<(string Where, Dictionary<string, string> Wanted)> Selectors(Yaml one)
    {
        var where = $"{one["kind"].Text} {one.At("metadata/name").Text}";
        if (one["kind"].Text == "Service")
            yield return (where, Manifests.Wanted(one.At("spec/selector")));
        foreach (var place in one.All())
        {
            foreach (var key in new[] { "selector", "podSelector", "labelSelector" })
            {
                var labels = Manifests.Wanted(place[key]["matchLabels"]);
                if (labels.Count > 0 && !labels.ContainsKey("trigger-api-client"))
                    yield return (where, labels);
            }
        }
    }

    private static async Task<Ran> Schema(string text)
    {
        using var known = new Running(new ProcessStartInfo("/usr/bin/python3", ["-c", "import kubernetes"]), null);
        Assert.SkipWhen((await known.End()).ExitCode != 0, "The schema check needs Debian's package python3-kubernetes, which tests/lab.sh packages installs.");
        using var peer = new Running(new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", Path.Combine(AppContext.BaseDirectory, "kubernetes_schema.py")]), text);
        return await peer.End();
    }

    [GeneratedRegex(@"drain-time = (\d+)s")]
    private static partial Regex DrainTime();

    // A key in PEM, a password in an address, or a setting that is one.
    [GeneratedRegex(@"PRIVATE KEY|://[^/\s:@]+:[^/\s@]+@|(?i:password|token|secret)\w*\s*=")]
    private static partial Regex SecretInText();

    [GeneratedRegex("(?i)pass|token|secret|key$")]
    private static partial Regex SecretByName();

    // What kustomize hangs on the names of what it generates.
    [GeneratedRegex("-[a-z0-9]{10}$")]
    private static partial Regex Hash();
}
