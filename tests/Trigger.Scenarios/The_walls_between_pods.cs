using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Who may talk to whom in Kubernetes, counted from the network policies as a whole: what one of them allows, no other can forbid.</summary>
public sealed class The_walls_between_pods(Manifests manifests) : IClassFixture<Manifests>
{
    public static TheoryData<string> All => ["base", "trial", "production"];

    [Theory]
    [MemberData(nameof(All))]
    public void stand_around_every_pod_and_have_no_door_by_themselves(string name)
    {
        var deny = manifests.Named(name, "NetworkPolicy", "trigger-deny").At("spec");

        Assert.False(deny["ingress"].Exists || deny["egress"].Exists);
        Assert.Equal(["Ingress", "Egress"], deny["policyTypes"].Items.Select(type => type.Text));
        Assert.All(manifests.Pods(name), pod => Assert.True(Manifests.Matches(Manifests.Wanted(deny.At("podSelector/matchLabels")), Manifests.Labels(pod))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void let_workers_out_to_devices_and_lighthouses_not(string name)
    {
        Assert.Equal(["22", "23", "53", "5432", "830", "9110"], Ports(name, "worker", "egress"));
        Assert.Equal(["53", "5432", "9110"], Ports(name, "lighthouse", "egress"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void let_others_in_to_the_API_only(string name)
    {
        Assert.Equal(["9110"], Ports(name, "worker", "ingress"));
        Assert.Equal(["9110"], Ports(name, "lighthouse", "ingress"));
        Assert.All(Doors(name, "lighthouse", "ingress").Concat(Doors(name, "worker", "ingress")), door => Assert.NotEmpty(door["from"].Items));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void have_only_doors_with_a_number_on_them(string name)
    {
        var doors = manifests.Kind(name, "NetworkPolicy").SelectMany(policy => policy.At("spec/ingress").Items.Concat(policy.At("spec/egress").Items)).ToList();

        Assert.NotEmpty(doors);
        Assert.All(doors, door => Assert.NotEmpty(door["ports"].Items));
    }

    [Fact]
    public void let_nobody_but_nodes_in_to_the_trials_PostgreSQL_and_it_out_to_nobody()
    {
        var postgres = Assert.Single(manifests.Pods("trial"), pod => Manifests.Labels(pod)["app.kubernetes.io/name"] == "postgres");
        var own = manifests.Kind("trial", "NetworkPolicy").Where(policy => Manifests.Matches(Manifests.Wanted(policy.At("spec/podSelector/matchLabels")), Manifests.Labels(postgres))).ToList();

        Assert.Empty(own.SelectMany(policy => policy.At("spec/egress").Items));
        var door = Assert.Single(own.SelectMany(policy => policy.At("spec/ingress").Items));
        Assert.Equal("trigger", Assert.Single(door["from"].Items).At("podSelector/matchLabels")["app.kubernetes.io/name"].Text);
    }

    [Fact]
    public void are_close_around_what_production_uses()
    {
        var open = manifests.Kind("production", "NetworkPolicy").SelectMany(policy => policy.All()).Select(place => place["cidr"].Text).OfType<string>().Where(cidr => cidr.EndsWith("/0", StringComparison.Ordinal));

        Assert.Empty(open);
        Assert.All(Doors("production", "worker", "egress"), door => Assert.NotEmpty(door["to"].Items));
    }

    private IEnumerable<Yaml> Doors(string name, string component, string way)
    {
        var labels = Manifests.Labels(manifests.Named(name, "StatefulSet", $"trigger-{component}").At("spec/template"));
        return manifests.Kind(name, "NetworkPolicy")
            .Where(policy => Manifests.Matches(Manifests.Wanted(policy.At("spec/podSelector/matchLabels")), labels))
            .SelectMany(policy => policy.At($"spec/{way}").Items);
    }

    private IEnumerable<string> Ports(string name, string component, string way) =>
        Doors(name, component, way).SelectMany(door => door["ports"].Items).Select(port => port["port"].Text!).Distinct().Order(StringComparer.Ordinal);
}
