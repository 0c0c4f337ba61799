using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Devices;
using Trigger.Node.Palettes;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>The console's two questions: which commands are there, and do this one.</summary>
internal static class ConsoleEndpoints
{
    private const int MostWords = 1000;

    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/api/console", () => node.Palette.All.Select(command => new CommandAnswer(command.Palette, command.Name, command.Arguments, command.Description, command.Role)))
            .Needs(Role.Viewer).WithTags("console").WithSummary("The console's commands.");
        app.MapPost("/api/console", (CommandOrder order, HttpContext call) => Run(order, call, node)).Needs(Role.Viewer).WithTags("console")
            .WithSummary("Carries out one of them.").WithDescription("Lines of JSON: {\"text\": …} or, with json, {\"data\": …}; the last is {\"exit\": 0}, {\"error\": …}, or {\"ask\": [questions]}: then it is to be sent again with an answer to each as \"secrets\".");
    }

    private static async Task Run(CommandOrder order, HttpContext call, NodeHost node)
    {
        call.Response.ContentType = "application/x-ndjson";
        if (order.Words is not [var palette, var name, ..] || order.Words.Count > MostWords || node.Palette.Find(palette, name) is not { } command)
        {
            await Write(call, new { error = $"There is no command '{string.Join(' ', order.Words?.Take(2) ?? [])}'. 'help' lists all.", exit = 2 }).ConfigureAwait(false);
            return;
        }

        if (call.Caller().Role < command.Role)
        {
            await Write(call, new { error = $"'{palette} {name}' needs the role {command.Role.ToString().ToLowerInvariant()}.", exit = 1 }).ConfigureAwait(false);
            return;
        }

        try
        {
            await foreach (var line in command.Run(CommandCall.Parse([.. order.Words.Skip(2)], call.Caller(), order.Secrets), call.RequestAborted).ConfigureAwait(false))
            {
                if (!order.Json)
                    await Write(call, new { text = line.Text }).ConfigureAwait(false);
                else if (line.Data is { } data)
                    await Write(call, new { data }).ConfigureAwait(false);
            }

            await Write(call, new { exit = 0 }).ConfigureAwait(false);
        }
        catch (SecretNeededException needed)
        {
            await Write(call, new { ask = needed.Questions }).ConfigureAwait(false);
        }
        catch (OrderRefusedException refused)
        {
            await Write(call, new { error = string.Join('\n', refused.Mistakes.Select(mistake => $"{mistake.Field}: {mistake.Message}")), exit = 2 }).ConfigureAwait(false);
        }
        catch (Exception told) when (told is CommandException or NodeException)
        {
            await Write(call, new { error = told.Message, exit = 1 }).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The caller has gone.
        }
        finally
        {
            foreach (var secret in order.Secrets ?? [])
                secret.Dispose();
        }
    }

    private static async Task Write(HttpContext call, object line)
    {
        await call.Response.WriteAsync(JsonSerializer.Serialize(line, JsonSerializerOptions.Web) + "\n", call.RequestAborted).ConfigureAwait(false);
        await call.Response.Body.FlushAsync(call.RequestAborted).ConfigureAwait(false);
    }

    /// <param name="Words">The palette, the command, and what it is told.</param>
    /// <param name="Json">Lines for programs instead of people.</param>
    /// <param name="Secrets">What was asked for.</param>
    internal sealed record CommandOrder(IReadOnlyList<string>? Words, bool Json, IReadOnlyList<Secret>? Secrets = null);

    internal sealed record CommandAnswer(string Palette, string Name, string Arguments, string Description, Role Role);
}
