using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Trigger.Node.Api;

/// <summary>What went wrong, as RFC 9457 has it: application/problem+json.</summary>
internal static class Problems
{
    public static IResult Of(int status, string detail) => Results.Problem(detail, statusCode: status);

    public static IResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    /// <summary>Every mistake at once, each with its field.</summary>
    public static IResult OfMistakes(IReadOnlyList<OrderMistake> mistakes) => Results.Problem(new ProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request has mistakes.",
        Detail = string.Join(' ', mistakes.Select(mistake => mistake.Field.Length == 0 ? mistake.Message : $"{mistake.Field}: {mistake.Message}")),
        Extensions = { ["mistakes"] = mistakes },
    });

    public static Task Write(HttpContext call, int status, string detail) => Of(status, detail).ExecuteAsync(call);
}
