using Npgsql;

namespace BackupOnline.Persistence.Storage;

/// <summary>Where a state lies: the full text of the grain's id, so that no two keys share a row.</summary>
internal sealed record StateAddress(GrainId Grain, string State, string Service)
{
    public string GrainText { get; } = Grain.ToString();

    /// <summary>As parameters $1 to $3.</summary>
    public void AddTo(NpgsqlParameterCollection parameters)
    {
        parameters.Add(new NpgsqlParameter<string> { TypedValue = GrainText });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = State });
        parameters.Add(new NpgsqlParameter<string> { TypedValue = Service });
    }
}
