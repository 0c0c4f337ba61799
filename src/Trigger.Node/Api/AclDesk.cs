using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Trigger.Acl.Deciding;

namespace Trigger.Node.Api;

/// <summary>
/// Answers questions about filters, a few at a time and none for longer than its time: then the work on it is ended, wherever it is, and the caller is told. Each has a thread of its own, so that
/// what a node lives by is not held up.
/// </summary>
internal sealed class AclDesk(TimeSpan limit, TimeProvider time) : IDisposable
{
    /// <summary>Some hundred megabytes, at the worst.</summary>
    public const long MostBoxes = 500_000;

    private readonly SemaphoreSlim places = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <param name="work">Gets the budget, and answers with an object's fields, or with what is wrong with the question.</param>
    public async Task<IResult> Answer(Func<Budget, (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes)> work, CancellationToken cancel)
    {
        using var ended = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancel);
        try
        {
            await places.WaitAsync(either.Token).ConfigureAwait(false);
            // The place is free when the work has ended, not when nobody waits for it any more.
            return await Task.Factory.StartNew(() => Work(work, either.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, $"The question takes longer than {limit.TotalSeconds:0.###} s, or others are ahead of it. Ask 'trigger acl' about it, which has no such limit.");
        }
        catch (QuestionTooLargeException large)
        {
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, large.Message);
        }
    }

    public void Dispose() => places.Dispose();

    private IResult Work(Func<Budget, (Action<Utf8JsonWriter>? Fields, IReadOnlyList<OrderMistake> Mistakes)> work, CancellationToken cancel)
    {
        try
        {
            var (fields, mistakes) = work(new Budget(200_000_000, 2_000_000) { Cancel = cancel, MostBoxes = MostBoxes });
            return fields is null ? Problems.OfMistakes(mistakes) : Results.Bytes(Write(fields), "application/json");
        }
        finally
        {
            places.Release();
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer))
        {
            to.WriteStartObject();
            fields(to);
            to.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
