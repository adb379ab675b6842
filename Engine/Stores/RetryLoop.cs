using System.Security.Cryptography;
using BackupOnline.Engine.Repositories;

namespace BackupOnline.Engine.Stores;

/// <summary>
/// Exponential back-off from 0.5 s to 30 s, each wait drawn between half and one and a half of its step, so that clients cut off together do not return together.
/// A wait that the server asks for is honoured when it is longer.
/// </summary>
internal sealed class RetryLoop(RestStoreOptions options, string location, Func<bool> hasAnswered)
{
    private static readonly TimeSpan FirstStep = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LastStep = TimeSpan.FromSeconds(30);

    public async Task<T> RunAsync<T>(string operation, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        var started = options.Time.GetTimestamp();
        var step = FirstStep;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt(cancellationToken);
            }
            catch (TransientStoreException e)
            {
                var wait = step * (0.5 + (RandomNumberGenerator.GetInt32(1024) / 1024.0));
                if (e.RetryAfter > wait)
                    wait = e.RetryAfter.Value;
                var patience = hasAnswered() ? options.RetryFor : options.FirstContactRetryFor;
                var spent = options.Time.GetElapsedTime(started);
                if (spent + wait > patience)
                    throw GivenUp(operation, number, spent, e);
                options.OnRetry?.Invoke(new StoreRetry(operation, number, wait, e.Message));
                await Task.Delay(wait, options.Time, cancellationToken);
                step = step * 2 > LastStep ? LastStep : step * 2;
            }
        }
    }

    private RepositoryException GivenUp(string operation, int attempts, TimeSpan spent, TransientStoreException last) => new(
        RepositoryProblem.Unreachable,
        $"The server at {location} could not be reached ({operation}; {attempts} attempts in {spent.TotalSeconds:0} s): {last.Message} "
        + "Check the address, the network and that the server runs, then run again: what was stored already is not sent again.",
        last);
}
