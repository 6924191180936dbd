using Microsoft.AspNetCore.Http;
using DoorAgent.Matching;
using DoorAgent.Operating;

namespace DoorAgent.Page.Endpoints;

/// <summary>A change of a person; each part that is not given stays as it is.</summary>
internal sealed record PersonPatch
{
    public bool? IsEnabled { get; init; }

    public string? Schedule { get; init; }

    /// <summary>YYYY-MM-DD, perhaps with a time; an empty text removes the limit.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The last day, in the same form.</summary>
    public string? ValidUntil { get; init; }

    /// <summary><see cref="PageBadge.Id"/> of the badge to change.</summary>
    public long? Badge { get; init; }

    /// <summary>The badge's new state: active, blocked or lost.</summary>
    public BadgeState? State { get; init; }
}

/// <summary>The confirmation of an erasure.</summary>
/// <param name="Name">The person's name.</param>
internal sealed record ErasureConfirmation([property: System.Text.Json.Serialization.JsonRequired] string Name);

/// <summary>People and their badges.</summary>
internal static class PeopleEndpoints
{
    // Longer than any name.
    private const int LongestSearch = 200;

    /// <summary>GET /api/people?search=TEXT&amp;skip=N&amp;person=ID: 200 with <see cref="PagePeople"/>.</summary>
    public static async Task ListAsync(PageCall call)
    {
        string search = call.Http.Request.Query["search"].ToString();
        if (search.Length > LongestSearch)
            throw new PageRefusedException(StatusCodes.Status400BadRequest, "The text to search for is too long.");
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.People)
        {
            Query = new PageQuery
            {
                Person = call.NumberOrNull("person"),
                Search = search,
                Skip = (int)Math.Clamp(call.NumberOrNull("skip") ?? 0, 0, int.MaxValue),
            },
        });
        await call.WriteAsync(answer.People);
    }

    /// <summary>PATCH /api/people/{id} with a <see cref="PersonPatch"/>: 200 with a <see cref="PageDone"/>.</summary>
    public static async Task ChangeAsync(PageCall call)
    {
        PersonPatch patch = await call.ReadAsync<PersonPatch>();
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.ChangePerson)
        {
            PersonChange = new PersonChange(call.Number("id"))
            {
                IsEnabled = patch.IsEnabled,
                Schedule = patch.Schedule,
                ValidFrom = patch.ValidFrom,
                ValidUntil = patch.ValidUntil,
                Badge = patch.Badge,
                State = patch.State,
            },
        });
        await call.WriteAsync(new PageDone(answer.Done ?? ""));
    }

    /// <summary>DELETE /api/people/{id} with an <see cref="ErasureConfirmation"/>: 200 with a <see cref="PageDone"/>, which names what the
    /// erasure does not reach.</summary>
    public static async Task EraseAsync(PageCall call)
    {
        ErasureConfirmation confirmed = await call.ReadAsync<ErasureConfirmation>();
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.ErasePerson)
        {
            PersonChange = new PersonChange(call.Number("id")) { Name = confirmed.Name },
        });
        await call.WriteAsync(new PageDone(answer.Done ?? ""));
    }
}
