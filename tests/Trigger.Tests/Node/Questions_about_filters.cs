using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trigger.Acl.Deciding;
using Trigger.Node.Api;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Node;

public sealed class Questions_about_filters : IAsyncDisposable
{
    private const string Filter = "access-list 101 permit tcp any host 10.0.0.1 eq 80\naccess-list 101 permit tcp any host 10.0.0.1 eq www\naccess-list 101 deny ip any any\n";

    private readonly NodeRig rig = new();
    private readonly FakeClock clock = new();

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Fact]
    public async Task are_answered_with_the_fields_of_the_command_line()
    {
        var (_, http) = await rig.Start("one");
        using var _ = http;

        var check = await Answer(http, "check", new { text = Filter, source = "10.17.0.0/16", destination = "10.0.0.1", protocol = "tcp", port = "80" });
        Assert.Equal(("101", "permit", 1), (check.GetProperty("filter").GetString(), check.GetProperty("verdict").GetString(), check.GetProperty("parts")[0].GetProperty("term").GetProperty("line").GetInt32()));
        Assert.Equal("redundant", (await Answer(http, "shadow", new { text = Filter })).GetProperty("results")[0].GetProperty("kind").GetString());
        Assert.Equal("different", (await Answer(http, "diff", new { before = new { text = Filter }, after = new { text = Filter.Replace("80", "81", StringComparison.Ordinal) } })).GetProperty("verdict").GetString());
        Assert.Equal("equivalent", (await Answer(http, "equal", new { before = new { text = Filter }, after = new { text = Filter } })).GetProperty("verdict").GetString());
        Assert.Equal(2, (await Answer(http, "optimize", new { text = Filter })).GetProperty("after").GetInt32());
        Assert.Equal(3, (await Answer(http, "parse", new { text = Filter })).GetProperty("filters")[0].GetProperty("terms").GetArrayLength());
        Assert.Contains("firewall", (await Answer(http, "convert", new { text = Filter, to = "junos" })).GetProperty("results")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty((await Answer(http, "find", new { text = Filter, destinations = new[] { "10.0.0.0/8" } })).GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task are_refused_with_all_their_mistakes()
    {
        var (_, http) = await rig.Start("one");
        using var _ = http;

        var refused = await NodeRig.Ask(http, HttpMethod.Post, "api/acl/check", new { text = "", from = "klingon", source = "ten", destination = "10.0.0.1/99", protocol = "blah" });
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal(["from", "text", "source", "destination", "protocol"], refused.Answer.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("field").GetString()));
        var several = await NodeRig.Ask(http, HttpMethod.Post, "api/acl/optimize", new { text = Filter + "access-list 102 deny ip any any\n" });
        Assert.Contains("101, 102", several.Text, StringComparison.Ordinal);
        var bare = await NodeRig.Ask(http, HttpMethod.Post, "api/acl/equal", new { before = new { text = Filter } });
        Assert.Equal("after.text", bare.Answer.GetProperty("mistakes")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task are_given_up_when_their_time_is_over_and_the_next_one_finds_a_free_place()
    {
        using var desk = new AclDesk(TimeSpan.FromSeconds(10), clock);
        var ended = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var asked = desk.Answer(
            budget =>
            {
                begun.SetResult();
                try
                {
                    while (true)
                        budget.Take(1);
                }
                finally
                {
                    ended.SetResult();
                }
            },
            TestContext.Current.CancellationToken);
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(StatusCodes.Status503ServiceUnavailable, Assert.IsAssignableFrom<IStatusCodeHttpResult>(await asked).StatusCode);
        Assert.True(ended.Task.IsCompleted);
        for (var more = 0; more < 3 * Environment.ProcessorCount; more++)
        {
            var next = await desk.Answer(_ => (to => to.WriteBoolean("well", true), []), TestContext.Current.CancellationToken);
            Assert.IsType<Microsoft.AspNetCore.Http.HttpResults.FileContentHttpResult>(next);
        }
    }

    [Fact]
    public async Task that_multiply_beyond_measure_are_too_large()
    {
        using var desk = new AclDesk(TimeSpan.FromSeconds(10), clock);
        var members = string.Join(' ', Enumerable.Range(0, 250).Select(number => $"10.{number}.0.{number * 7 % 256}/32;"));
        var terms = string.Concat(Enumerable.Range(0, 20).Select(number => $"term t{number} {{ from {{ source-address {{ {members} }} destination-address {{ {members} }} }} then accept; }}\n"));

        var answer = await desk.Answer(
            budget => new AclQuestions(budget).Shadow(new AclOrders.Shadow($"firewall {{ family inet {{ filter f {{ {terms} }} }} }}", null, null)), TestContext.Current.CancellationToken);
        Assert.Equal(StatusCodes.Status413PayloadTooLarge, Assert.IsAssignableFrom<IStatusCodeHttpResult>(answer).StatusCode);
    }

    [Fact]
    public void end_where_they_are_when_nobody_waits_any_more()
    {
        using var cancel = new CancellationTokenSource();
        var budget = new Budget(1000, 100) { Cancel = cancel.Token };
        budget.Take(1);
        cancel.Cancel();

        Assert.Throws<OperationCanceledException>(() => budget.Take(1));
        Assert.Throws<OperationCanceledException>(() => budget.Again().Look());
    }

    private static async Task<JsonElement> Answer(HttpClient http, string name, object order)
    {
        var (status, answer, text) = await NodeRig.Ask(http, HttpMethod.Post, $"api/acl/{name}", order);
        Assert.True(status == HttpStatusCode.OK, text);
        return answer;
    }
}
