using DoorAgent.Operating;

namespace DoorAgent.Page.Endpoints;

/// <summary>The records of the journal.</summary>
internal static class EventEndpoints
{
    /// <summary>GET /api/events?after=N or ?before=N, with &amp;alarms=true, &amp;denied=true, &amp;person=ID: 200 with
    /// <see cref="PageEvents"/>; the newest first unless <c>after</c> is given.</summary>
    public static async Task ListAsync(PageCall call)
    {
        OperatorAnswer answer = await call.AskAsync(new OperatorRequest(OperatorVerb.Records)
        {
            Query = new PageQuery
            {
                After = call.NumberOrNull("after"),
                Before = call.NumberOrNull("before"),
                Person = call.NumberOrNull("person"),
                OnlyAlarms = call.Is("alarms"),
                OnlyDenied = call.Is("denied"),
            },
        });
        PageRecords records = answer.Records ?? new PageRecords([], HasMore: false);
        await call.WriteAsync(new PageEvents([.. records.Events.Select(PageEvent.Of)], records.HasMore));
    }

    /// <summary>GET /api/events/{sequence}: 200 with an <see cref="EventExplanation"/>; 404 for a number without a record.</summary>
    public static async Task ExplainAsync(PageCall call)
    {
        PageQuery query = new() { After = call.Number("sequence") };
        PageExplanation? why = (await call.AskAsync(new OperatorRequest(OperatorVerb.Explain) { Query = query })).Explanation;
        await call.WriteAsync(why is null ? null : new EventExplanation([.. why.Attempt.Select(PageEvent.Of)], why.Path, why.Frames));
    }
}
