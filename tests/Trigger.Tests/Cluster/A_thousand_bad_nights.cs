using System.Globalization;
using Trigger.Cluster;
using Trigger.Cluster.Leases;

namespace Trigger.Tests.Cluster;

public sealed class A_thousand_bad_nights
{
    private static int Nights => int.TryParse(Environment.GetEnvironmentVariable("TRIGGER_NIGHTS"), NumberStyles.None, CultureInfo.InvariantCulture, out var nights) ? nights : 150;

    private static int First => int.TryParse(Environment.GetEnvironmentVariable("TRIGGER_FIRST_NIGHT"), NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 1;

    [Fact]
    public void never_show_two_nodes_that_trust_themselves_with_one_shard_and_all_end_well()
    {
        var (letters, takeovers) = (0, 0L);
        for (var seed = First; seed < First + Nights; seed++)
        {
            var night = BadNight.Live(seed);
            letters += night.Letters;
            takeovers += night.World.Database.Takeovers;
        }

        // A night in which nothing happens would prove nothing.
        Assert.True(letters > Nights * 20, $"Only {letters} letters arrived in {Nights} nights.");
        Assert.True(takeovers > Nights * 20, $"Shards changed hands only {takeovers} times in {Nights} nights.");
    }

    [Fact]
    public void of_the_same_seed_are_the_same() => Assert.Equal(BadNight.Live(7).World.Fingerprint, BadNight.Live(7).World.Fingerprint);

    [Fact]
    public void would_show_a_deadline_that_counts_from_the_answer() =>
        Shows(new NightPlan { Rules = parameters => new FromTheAnswer(parameters), Faults = [NightFault.Decay] });

    [Fact]
    public void would_show_an_observer_that_does_not_wait_long_enough() => Shows(new NightPlan { Rules = parameters => new Impatient(parameters) });

    [Fact]
    public void would_show_a_new_coordinator_that_counts_its_predecessor_s_wait() => Shows(new NightPlan { Rules = parameters => new Inheriting(parameters) });

    [Fact]
    public void would_show_an_observer_that_does_not_notice_how_its_clock_jumps() =>
        Shows(new NightPlan { Rules = parameters => new Trusting(parameters), Faults = [NightFault.ClockJump, NightFault.CutOff, NightFault.CutOff] });

    private static void Shows(NightPlan broken)
    {
        for (var seed = 1; seed <= 400; seed++)
        {
            try
            {
                BadNight.Live(seed, broken);
            }
            catch (InvalidOperationException failure)
            {
                Assert.Contains("both trust themselves", failure.Message, StringComparison.Ordinal);
                TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed} shows it.");
                return;
            }
        }

        Assert.Fail("Four hundred nights did not notice. The simulation has lost its teeth.");
    }

    private sealed class FromTheAnswer(ClusterParameters parameters) : LeaseRules(parameters)
    {
        public override TimeSpan Deadline(TimeSpan sent, TimeSpan answered) => base.Deadline(answered, answered);
    }

    private sealed class Impatient(ClusterParameters parameters) : LeaseRules(parameters)
    {
        public override TimeSpan ObserverWait => base.ObserverWait / 2;
    }

    private sealed class Inheriting(ClusterParameters parameters) : LeaseRules(parameters)
    {
        public override bool InheritsWaits => true;
    }

    private sealed class Trusting(ClusterParameters parameters) : LeaseRules(parameters)
    {
        public override TimeSpan LookPatience => TimeSpan.MaxValue;
    }
}
