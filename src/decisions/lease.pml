/* The lease of 0011-leases-on-a-database.md for two nodes and one shard. lease.sh checks it whole, and then broken in each of the ways that must show.
 *
 * Time is ticks. A node trusts itself for TRUST ticks after it SENT the last renewal that was answered; the other takes over after it saw no new beat for WAIT ticks. Every
 * transaction of the database is one atomic step; what is sent and not yet done may wait for any time, and answers may never come. Either node may stand still at any point.
 */
#ifndef WAIT
#define WAIT (TRUST + 1)
#endif
#ifndef TRUST
#define TRUST 2
#endif
#ifndef TICKS
#define TICKS 5
#endif
#define NOBODY 2
#define MOST_EPOCHS 3
#ifndef MOST_QUESTIONS
#define MOST_QUESTIONS 1 /* renewals and joins that a node sends */
#endif
#define OTHER (1 - me)

#ifdef NO_SECOND_LOOK
#define SECOND_LOOK true
#else
#define SECOND_LOOK (seen[me] == beat[OTHER])
#endif
#ifdef NO_MEMBER_CHECK
#define MEMBER_CHECK true
#else
#define MEMBER_CHECK member[me]
#endif
#ifdef NO_FENCE
#define FENCE true
#else
#define FENCE (mine[me] == epoch)
#endif

/* The database. */
byte owner = NOBODY;
byte epoch = 0;
bool member[2];
byte beat[2];

/* What each node knows. left: ticks for which it trusts itself; asked: the same, if what is under way is answered. */
bool holds[2];
byte mine[2];      /* the epoch under which it holds the shard */
byte left[2];
byte asked[2];
byte seen[2];      /* the other's beat */
byte age[2];       /* for how long */
byte ticks = 0;

#define RAISE(n) beat[n] = (beat[n] + 1) % 4
#define TAKE_FROM(n) if :: owner == n -> owner = NOBODY; epoch++ :: else -> skip fi
#define DOWN(x) if :: x > 0 -> x-- :: else -> skip fi
#define UP(x) if :: x < WAIT -> x++ :: else -> skip fi

proctype Clock() {
  do
  :: atomic { ticks < TICKS -> ticks++; DOWN(left[0]); DOWN(left[1]); DOWN(asked[0]); DOWN(asked[1]); UP(age[0]); UP(age[1]) }
  :: ticks == TICKS -> break
  od
}

/* Renewing, joining: sent, done by the database, answered, in three steps; between them anything may happen. */
proctype Node(byte me) {
  byte under_way = 0; /* 0 nothing, 1 renewal sent, 2 renewal done, 3 join sent, 4 join done */
  bool known = true;  /* whether the new life is on record, whatever the node heard of it */
  bool life = true;   /* whether it believes to be a member */
  byte questions = 0;
  do
  :: ticks == TICKS -> break

  :: atomic { life && left[me] > 0 && under_way == 0 && questions < MOST_QUESTIONS -> questions++; asked[me] = TRUST; under_way = 1 }
  :: atomic { under_way == 1 -> if :: member[me] -> RAISE(me); under_way = 2 :: else -> holds[me] = false; left[me] = 0; asked[me] = 0; life = false; known = false; under_way = 0 fi }
  :: atomic { under_way == 2 -> under_way = 0;
#ifdef FROM_ANSWER
       if :: life && left[me] > 0 -> left[me] = TRUST :: else -> skip fi
#else
       if :: life && asked[me] > left[me] && left[me] > 0 -> left[me] = asked[me] :: else -> skip fi
#endif
     }
  :: atomic { under_way == 2 || under_way == 1 -> under_way = 0; asked[me] = 0 } /* nobody answers */

  /* The lease has run out: everything stops, and a new life begins, which frees what the old one owned. */
  :: atomic { life && left[me] == 0 -> holds[me] = false; life = false; known = false; under_way = 0 }
  :: atomic { !life && under_way == 0 && questions < MOST_QUESTIONS -> questions++; asked[me] = TRUST; under_way = 3 }
  :: atomic { under_way == 3 ->
       if :: known && member[me] ->
#ifdef SILENT_JOIN
            skip
#else
            RAISE(me)
#endif
          :: known && !member[me] -> known = false /* that life is over */
          :: !known -> TAKE_FROM(me); member[me] = true; RAISE(me); known = true
       fi; under_way = 4 }
  :: atomic { under_way == 4 -> under_way = 0;
       if :: known && asked[me] > 0 -> life = true; left[me] = asked[me]
          :: else -> skip
       fi }
  :: atomic { under_way == 3 || under_way == 4 -> under_way = 0; asked[me] = 0 }

  /* Looking at the other. */
  :: atomic { seen[me] != beat[OTHER] -> seen[me] = beat[OTHER]; age[me] = 0 }
#ifdef INHERIT
  :: atomic { seen[me] != beat[OTHER] -> seen[me] = beat[OTHER] } /* a new coordinator that counts its predecessor's wait */
#endif
  :: atomic { member[me] && member[OTHER] && age[me] >= WAIT && SECOND_LOOK -> member[OTHER] = false; TAKE_FROM(OTHER) }

  /* The shard. */
  :: atomic { life && !holds[me] && owner == NOBODY && epoch < MOST_EPOCHS && MEMBER_CHECK -> owner = me; epoch++; mine[me] = epoch; holds[me] = true }
  :: atomic { holds[me] && owner == me && mine[me] == epoch -> holds[me] = false; owner = NOBODY }
  :: atomic { holds[me] && FENCE -> assert(mine[me] == epoch) } /* a write to the journal that the database accepts */
  od
}

init {
  atomic { member[0] = true; member[1] = true; left[0] = TRUST; left[1] = TRUST; run Clock(); run Node(0); run Node(1) }
}

#define trusts0 (holds[0] && left[0] > 0)
#define trusts1 (holds[1] && left[1] > 0)
ltl one_trusts_itself { [] !(trusts0 && trusts1) }
ltl an_owner_is_a_member { [] ((owner == 0 -> member[0]) && (owner == 1 -> member[1])) }
