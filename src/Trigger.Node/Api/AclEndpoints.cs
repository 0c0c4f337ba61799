using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>Questions about filters, whose texts the caller sends: what <c>trigger acl</c> answers, with the same fields.</summary>
internal static class AclEndpoints
{
    public static void Map(WebApplication app, AclDesk desk)
    {
        Map<AclOrders.Check>("check", "Is a flow permitted, and by which lines?", (questions, order) => questions.Check(order));
        Map<AclText>("parse", "What is understood of a text: {\"filters\": [...], \"said\": [...]}.", (questions, order) => questions.Parse(order));
        Map<AclOrders.Convert>("convert", "Writes filters in another dialect, shown to decide the same: {\"results\": [...]}.", (questions, order) => questions.Convert(order));
        Map<AclOrders.Shadow>("shadow", "Lines that might as well not be there: {\"results\": [...]}.", (questions, order) => questions.Shadow(order));
        Map<AclOrders.Compare>("diff", "Which packets two filters decide differently.", (questions, order) => questions.Compare(order, firstOnly: false));
        Map<AclOrders.Compare>("equal", "Do two filters decide every packet the same?", (questions, order) => questions.Compare(order, firstOnly: true));
        Map<AclOrders.Find>("find", "Terms that touch networks and ports: {\"results\": [...]}.", (questions, order) => questions.Find(order));
        Map<AclOrders.Optimize>("optimize", "A shorter filter, shown to decide the same.", (questions, order) => questions.Optimize(order));

        void Map<T>(string name, string summary, Func<AclQuestions, T, (Action<Utf8JsonWriter>?, IReadOnlyList<OrderMistake>)> ask)
            where T : notnull => app.MapPost($"/api/acl/{name}", (T order, HttpContext call) => desk.Answer(budget => ask(new AclQuestions(budget), order), call.RequestAborted))
            .Needs(Role.Viewer).WithTags("acl").WithSummary(summary).WithDescription($"The fields of 'trigger acl {name} --json'. A question has a time limit.")
            .Produces<JsonElement>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }
}
