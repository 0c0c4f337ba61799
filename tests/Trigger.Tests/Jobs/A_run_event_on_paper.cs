using System.Text;
using System.Text.Json;
using Trigger.Devices.Windows;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

/// <summary>The text is the journal's format: a journal of last year must be read next year, so it may be added to and never changed.</summary>
public sealed class A_run_event_on_paper
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static TheoryData<string, RunEvent> Golden => new()
    {
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"commands":["show clock","show version"],"selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"timeout":"00:00:30","stopOnError":true,"authFailures":3,"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("show clock", "show version") with { Timeout = TimeSpan.FromSeconds(30), StopOnError = true })
        },
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"language":"Netconf","commands":["get"],"selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"stopOnError":false,"authFailures":3,"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("get") with { Language = SessionLanguage.Netconf })
        },
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"commands":["show clock"],"selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"readOnly":true,"stopOnError":false,"authFailures":3,"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("show clock") with { ReadOnly = true })
        },
        {
            """{"$type":"devices-chosen","devices":[{"name":"r1","platform":"cisco_ios"},{"name":"r2","platform":"cisco_ios"}]}""",
            Runs.Chosen(2)
        },
        {
            """{"$type":"devices-chosen","devices":[{"name":"r1","platform":"cisco_ios","vendor":"cisco","site":"AMS","group":"AMS/corX","window":0},{"name":"r2","platform":"cisco_ios","batch":1}],"windows":[{"green":"5,6,7","yellow":"0","red":"23","otherwise":2,"zone":"Europe/Amsterdam","weekend":true}]}""",
            new RunEvent.DevicesChosen([new ChosenDevice("r1", "cisco_ios") { Vendor = "cisco", Site = "AMS", Group = "AMS/corX", Window = 0 }, new ChosenDevice("r2", "cisco_ios") { Batch = 1 }])
            {
                Windows = [new RunWindow("5,6,7", "0", "23", BounceStatus.Red, "Europe/Amsterdam", Weekend: true)],
            }
        },
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"commands":["show clock"],"selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"stopOnError":false,"authFailures":3,"policy":{"perVendor":5,"perSite":2,"onePer":"site","canary":{"value":1,"percent":false},"batch":{"value":10,"percent":true},"rest":"00:02:00","checks":[{"command":"show alarms","pattern":"MAJOR","mustMatch":false}],"checkOn":["core1"],"maxFailures":{"value":3,"percent":false},"retries":2,"retryWait":"00:00:10","loginsPerSecond":5,"deadline":"2026-01-02T03:04:05+00:00","approval":true,"window":0,"windowOverride":"an outage"},"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("show clock") with
            {
                Policy = new RunPolicy
                {
                    PerVendor = 5, PerSite = 2, OnePer = "site", Canary = new RunAmount(1, Percent: false), Batch = new RunAmount(10, Percent: true), Rest = TimeSpan.FromMinutes(2),
                    Checks = [new HealthCheck("show alarms", "MAJOR", MustMatch: false)], CheckOn = ["core1"], MaxFailures = new RunAmount(3, Percent: false), Retries = 2,
                    RetryWait = TimeSpan.FromSeconds(10), LoginsPerSecond = 5, Deadline = At, Approval = true, Window = BounceStatus.Green, WindowOverride = "an outage",
                },
            })
        },
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"commands":["reload"],"details":{"0":{"answers":[{"expect":"confirm","answer":"y"}],"timeout":"00:05:00"}},"sets":[{"commands":["show system uptime"]}],"init":["terminal width 132"],"interval":"00:00:01","selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"stopOnError":false,"authFailures":3,"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("reload") with
            {
                Details = new Dictionary<int, StepDetail> { [0] = new() { Answers = [new StepAnswer("confirm", "y")], Timeout = TimeSpan.FromMinutes(5) } },
                Sets = [new CommandSet(["show system uptime"])], Init = ["terminal width 132"], Interval = TimeSpan.FromSeconds(1),
            })
        },
        { """{"$type":"devices-chosen","devices":[{"name":"r1","platform":"cisco_ios","set":0}]}""", new RunEvent.DevicesChosen([new ChosenDevice("r1", "cisco_ios") { Set = 0 }]) },
        { """{"$type":"retry-planned","device":1,"at":"2026-01-02T03:04:05+00:00","faultKind":"unreachable","faultText":"No way."}""", new RunEvent.RetryPlanned(1, At, "unreachable", "No way.") },
        { """{"$type":"batch-judged","batch":0,"at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.BatchJudged(0, null, At) },
        { """{"$type":"batch-judged","batch":1,"unwell":"r1 is not well","at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.BatchJudged(1, "r1 is not well", At) },
        { """{"$type":"run-approved","by":"bob","at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.Approved("bob", At) },
        { """{"$type":"run-paused","by":"bob","at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.Paused("bob", At) },
        { """{"$type":"run-unpaused","by":"bob","at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.Unpaused("bob", At) },
        { """{"$type":"step-started","device":1,"step":2}""", new RunEvent.StepStarted(1, 2) },
        { """{"$type":"step-parked","device":1,"step":2,"question":"Sure?","until":"2026-01-02T03:04:05+00:00"}""", new RunEvent.StepParked(1, 2, "Sure?", At) },
        {
            """{"$type":"step-unparked","device":1,"step":2,"given":{"question":"Sure?","answer":"y","by":"amy","aborted":false}}""",
            new RunEvent.StepUnparked(1, 2, new GivenAnswer("Sure?", "y", "amy"))
        },
        { """{"$type":"step-unparked","device":1,"step":2}""", new RunEvent.StepUnparked(1, 2, null) },
        {
            """{"$type":"step-ended","device":1,"step":2,"outcome":{"verdict":"Accepted","elapsedMicroseconds":1500,"inWorkMode":true}}""",
            RunRules.Outcome(1, 2, StepVerdict.Accepted, null, elapsed: TimeSpan.FromMilliseconds(1.5))
        },
        {
            """{"$type":"step-ended","device":1,"step":2,"outcome":{"verdict":"Unknown","faultKind":"device_error","faultText":"The device answered: % no","elapsedMicroseconds":0,"inWorkMode":false}}""",
            RunRules.Outcome(1, 2, StepVerdict.Unknown, new DeviceFault.DeviceError("% no"), inWorkMode: false)
        },
        { """{"$type":"part-decided","device":1,"part":"Load"}""", new RunEvent.PartDecided(1, ChangePart.Load) },
        { """{"$type":"part-decided","device":1,"part":"Undo","lines":["no x"],"anew":true}""", new RunEvent.PartDecided(1, ChangePart.Undo) { Lines = ["no x"], Anew = true } },
        {
            """{"$type":"device-changed","device":1,"ending":{"end":"InDoubt","why":"nobody knows","backBy":"2026-01-02T03:04:05+00:00","well":false}}""",
            new RunEvent.DeviceChanged(1, new ChangeEnding(ChangeEnd.InDoubt, "nobody knows") { BackBy = At })
        },
        {
            """{"$type":"run-accepted","spec":{"id":{"value":"20260101-0000-abcd"},"commands":["ntp server x"],"change":{"recipes":{"cisco_xr":{"lines":{"Copy":["show run"],"Commit":["commit"]},"candidate":true,"readInside":"do "}},"trialMinutes":5,"settle":"00:00:10"},"selection":"vendor=cisco","inventory":["devices.csv"],"parallel":10,"stopOnError":false,"authFailures":3,"at":"2026-01-01T00:00:00+00:00","by":"alice"}}""",
            new RunEvent.Accepted(Runs.Spec("ntp server x") with
            {
                Change = new ChangePlan
                {
                    Recipes = new Dictionary<string, ChangeRecipe>
                    {
                        ["cisco_xr"] = new() { Lines = new Dictionary<ChangePart, IReadOnlyList<string>> { [ChangePart.Copy] = ["show run"], [ChangePart.Commit] = ["commit"] }, Candidate = true, ReadInside = "do " },
                    },
                    TrialMinutes = 5, Settle = TimeSpan.FromSeconds(10),
                },
            })
        },
        { """{"$type":"cancel-requested","by":"bob"}""", new RunEvent.CancelRequested("bob") },
        { """{"$type":"run-resumed","at":"2026-01-02T03:04:05+00:00","by":"carol"}""", new RunEvent.Resumed(At, "carol") },
        { """{"$type":"run-finished","at":"2026-01-02T03:04:05+00:00"}""", new RunEvent.Finished(At) },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void is_written_in_these_words_and_read_from_them(string text, RunEvent happened)
    {
        Assert.Equal(text, Encoding.UTF8.GetString(RunEventJson.Write(happened)));
        Assert.Equivalent(happened, RunEventJson.Read(Encoding.UTF8.GetBytes(text)), strict: true);
        Assert.IsType(happened.GetType(), RunEventJson.Read(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void is_golden_for_every_kind() => Assert.Equal(
        typeof(RunEvent).GetNestedTypes().Select(kind => kind.Name).Order(), Golden.Select(row => row.Data.Item2.GetType().Name).Distinct().Order());

    [Fact]
    public void keeps_a_devices_answer_out() => Assert.DoesNotContain(
        "secret answer", Encoding.UTF8.GetString(RunEventJson.Write(RunRules.Outcome(0, 0, StepVerdict.Accepted, null, "secret answer"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"$type":"run-imagined"}""")]
    [InlineData("{")]
    public void is_refused_when_it_is_none_of_ours(string text) => Assert.ThrowsAny<JsonException>(() => RunEventJson.Read(Encoding.UTF8.GetBytes(text)));
}
